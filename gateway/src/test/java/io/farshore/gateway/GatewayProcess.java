package io.farshore.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The packaged gateway in a process and a directory of its own. */
final class GatewayProcess implements AutoCloseable {
  private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath();
  private static final long START_SECONDS_MAX = 60;
  private static final int PORTS = 3;

  private final Path directory;
  private final KeyPair keys;
  private final HttpClient http = HttpClient.newHttpClient();
  final Map<String, String> settings = new LinkedHashMap<>();
  final int dataPort;
  final int apiPort;
  final int managementPort;
  private @Nullable Process process;

  GatewayProcess(Path directory) throws IOException, GeneralSecurityException {
    this.directory = directory;
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    this.keys = generator.generateKeyPair();
    int[] ports = freePorts();
    dataPort = ports[0];
    apiPort = ports[1];
    managementPort = ports[2];
    Files.createDirectories(directory.resolve("config"));
    Files.createDirectories(directory.resolve("data"));
    Files.writeString(
        directory.resolve("key.pub"),
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----\n");
    Path token = directory.resolve("service.token");
    Files.createFile(
        token, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(token, token("service"));
    settings.put("farshore.region", "us-east");
    settings.put("farshore.data-dir", directory.resolve("data").toString());
    settings.put("farshore.service-token-file", token.toString());
    settings.put("farshore.gateway.listen", "127.0.0.1:" + dataPort);
    settings.put("farshore.gateway.application", "ledger");
    settings.put("farshore.gateway.health.interval", "200ms");
    settings.put("quarkus.http.port", Integer.toString(apiPort));
    settings.put("quarkus.management.port", Integer.toString(managementPort));
    settings.put("mp.jwt.verify.publickey.location", directory.resolve("key.pub").toString());
  }

  private static int[] freePorts() throws IOException {
    ServerSocket[] sockets = new ServerSocket[PORTS];
    int[] ports = new int[PORTS];
    for (int i = 0; i < PORTS; i++) {
      sockets[i] = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      ports[i] = sockets[i].getLocalPort();
    }
    for (ServerSocket socket : sockets) {
      socket.close();
    }
    return ports;
  }

  Path data(String name) {
    return directory.resolve("data").resolve(name);
  }

  /** Begins; does not wait. */
  Process begin() throws IOException {
    Files.writeString(
        directory.resolve("config/application.properties"),
        settings.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining("\n", "", "\n")));
    Process begun =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dquarkus.log.console.json.enabled=false",
                "-jar",
                JAR.toString())
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log().toFile())
            .start();
    process = begun;
    return begun;
  }

  Path log() {
    return directory.resolve("log");
  }

  /** Begins, and waits until {@code path} on the management port answers 200. */
  void start(String path) throws IOException, InterruptedException {
    Process begun = begin();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS_MAX);
    while (true) {
      if (!begun.isAlive() || System.nanoTime() - deadline > 0) {
        throw new AssertionError("did not start:\n" + Files.readString(log()));
      }
      try {
        if (management(path, null).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // Not listening yet.
      }
      Thread.sleep(50);
    }
  }

  HttpResponse<String> data(String method, String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + dataPort + path))
            .timeout(Duration.ofSeconds(20))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> api(String path, @Nullable String token)
      throws IOException, InterruptedException {
    return get(apiPort, path, token);
  }

  HttpResponse<String> management(String path, @Nullable String token)
      throws IOException, InterruptedException {
    return get(managementPort, path, token);
  }

  private HttpResponse<String> get(int port, String path, @Nullable String token)
      throws IOException, InterruptedException {
    return http.send(request(port, path, token).build(), HttpResponse.BodyHandlers.ofString());
  }

  static HttpRequest.Builder request(int port, String path, @Nullable String token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(20));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return request;
  }

  /** A token with one role. */
  String token(String role) throws GeneralSecurityException {
    long now = Instant.now().getEpochSecond();
    String body =
        encode("{\"alg\":\"RS256\",\"typ\":\"JWT\"}")
            + "."
            + encode(
                "{\"iss\":\"https://farshore.local\",\"aud\":\"farshore\",\"upn\":\"test\","
                    + "\"sub\":\"test\",\"groups\":[\""
                    + role
                    + "\"],\"iat\":"
                    + now
                    + ",\"exp\":"
                    + (now + 600)
                    + "}");
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(keys.getPrivate());
    signature.update(body.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    return body + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
  }

  private static String encode(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  /** As {@code kill -9}. */
  void kill() {
    Process running = process;
    if (running != null) {
      running.destroyForcibly().onExit().join();
    }
  }

  @Override
  public void close() {
    kill();
    http.close();
  }
}
