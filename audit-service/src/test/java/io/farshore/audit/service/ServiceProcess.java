package io.farshore.audit.service;

import io.farshore.testing.service.Broker;
import io.farshore.testing.service.Tokens;
import io.farshore.tlog.key.SigningKeyFile;
import io.farshore.tlog.note.NoteSigner;
import io.farshore.tlog.note.VerifierKey;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The packaged service in a process of its own, as it runs in production; can be killed. */
final class ServiceProcess implements AutoCloseable {
  static final String ORIGIN = "us-east.audit.example";

  private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Tokens tokens = Tokens.withNewKey();
  private final Path directory;
  private final int port;
  private final int managementPort;
  private final VerifierKey key;
  private Process process;

  /** Prepares a directory with keys and configuration, and starts the service. */
  ServiceProcess(Path directory, int brokerPort) throws IOException, InterruptedException {
    this.directory = directory;
    this.port = Broker.freePort();
    this.managementPort = Broker.freePort();
    Path keyFile = directory.resolve("log-key.pem");
    this.key =
        new NoteSigner(ORIGIN, SigningKeyFile.create(keyFile, new SecureRandom())).verifierKey();
    Path jwtKey = Files.writeString(directory.resolve("jwt.pem"), tokens.publicKey());
    Path config = Files.createDirectories(directory.resolve("config"));
    Files.write(
        config.resolve("application.properties"),
        List.of(
            "farshore.region=us-east",
            "farshore.data-dir=" + directory.resolve("data"),
            "farshore.log.origin=" + ORIGIN,
            "farshore.log.signing-key-file=" + keyFile,
            "farshore.log.publish-interval=PT0.1S",
            "mp.jwt.verify.publickey.location=" + jwtKey.toUri(),
            "amqp-host=127.0.0.1",
            "amqp-port=" + brokerPort,
            "quarkus.http.port=" + port,
            "quarkus.management.port=" + managementPort));
    this.process = launch();
    awaitReady();
  }

  void restart() throws IOException, InterruptedException {
    process = launch();
    awaitReady();
  }

  /** As a power cut does it. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** As an operator does it. */
  void terminate() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the service did not stop");
    }
  }

  /** Starts it with one line of configuration more; answers its exit code and what it printed. */
  String failedStart(String property) throws IOException, InterruptedException {
    Files.writeString(
        directory.resolve("config/application.properties"),
        Files.readString(directory.resolve("config/application.properties")) + property + "\n");
    process = launch();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the service started");
    }
    return "exit " + process.exitValue() + "\n" + output();
  }

  Path logDirectory() {
    return directory.resolve("data/log");
  }

  Path keyFile() {
    return directory.resolve("log-key.pem");
  }

  VerifierKey key() {
    return key;
  }

  HttpResponse<byte[]> get(String path, String... roles) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(PATIENCE);
    if (roles.length > 0) {
      request.header("Authorization", "Bearer " + tokens.token("ada", roles));
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  String management(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path)).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("waited in vain: " + what);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private Process launch() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-jar",
            JAR.toString())
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("out.log").toFile()))
        .start();
  }

  private void awaitReady() throws IOException, InterruptedException {
    try {
      await("the service is ready", this::isReady);
    } catch (AssertionError never) {
      throw new AssertionError(output(), never);
    }
  }

  private boolean isReady() {
    if (!process.isAlive()) {
      throw new AssertionError("the service ended");
    }
    try {
      return management("/q/health/ready").contains("\"status\": \"UP\"");
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  String output() throws IOException {
    return Files.readString(directory.resolve("out.log"));
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
    http.close();
  }
}
