package io.farshore.bench.gateway;

import io.farshore.testbed.layout.Installation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One upstream and the proxies before it, each a real process on loopback. */
final class ProxyStage implements AutoCloseable {
  private static final long START_SECONDS_MAX = 60;
  private static final long STOP_SECONDS_MAX = 10;
  private static final String ANSWER =
      "{\"id\":\"acct-000001\",\"balance\":125000,\"currency\":\"EUR\",\"version\":17,"
          + "\"note\":\"a small answer of about one hundred bytes\"}";

  private final Path directory;
  private final List<Process> processes = new ArrayList<>();
  private final List<ProxyUnderTest> proxies = new ArrayList<>();

  ProxyStage(Path directory) {
    this.directory = directory;
  }

  void start(boolean withHaproxy, Consumer<String> progress) throws Exception {
    int cores = Runtime.getRuntime().availableProcessors();
    int upstream = freePort();
    begin("upstream", upstream, nginx("upstream", 1, upstreamServer(upstream)));
    progress.accept("starting the gateway");
    int gateway = freePort();
    proxies.add(new ProxyUnderTest("gateway", gateway, gateway(gateway, upstream).toHandle()));
    if (withHaproxy) {
      int haproxy = freePort();
      proxies.add(
          new ProxyUnderTest("haproxy", haproxy, haproxy(haproxy, upstream, cores).toHandle()));
    }
    int nginx = freePort();
    Process proxy = begin("nginx", nginx, nginx("nginx", cores, nginxServer(nginx, upstream)));
    proxies.add(new ProxyUnderTest("nginx", nginx, proxy.toHandle()));
  }

  List<ProxyUnderTest> proxies() {
    return proxies;
  }

  ProxyUnderTest gateway() {
    return proxies.getFirst();
  }

  private Process gateway(int port, int upstream) throws Exception {
    Path home = Files.createDirectories(directory.resolve("gateway"));
    Files.createDirectories(home.resolve("config"));
    Files.createDirectories(home.resolve("data"));
    Files.writeString(home.resolve("key.pub"), publicKey());
    Files.write(home.resolve("data/routing-table"), table());
    Files.writeString(
        home.resolve("config/application.properties"),
        """
        farshore.region=here
        farshore.data-dir=%s
        farshore.endpoints.here.bench=http://127.0.0.1:%d
        farshore.gateway.listen=127.0.0.1:%d
        farshore.gateway.application=bench
        farshore.gateway.health.path=/
        quarkus.http.port=0
        quarkus.management.port=0
        mp.jwt.verify.publickey.location=%s
        """
            .formatted(home.resolve("data"), upstream, port, home.resolve("key.pub")));
    Path jar = Installation.find().root().resolve("gateway/target/quarkus-app/quarkus-run.jar");
    return begin(
        "gateway",
        port,
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-jar",
                jar.toString())
            .directory(home.toFile()));
  }

  /** A last good table, as docs/routing.md says a gateway keeps it: all it needs to route. */
  private static byte[] table() throws GeneralSecurityException {
    byte[] json =
        """
        {"revision":1,"issuedAt":"2026-01-01T00:00:00Z","issuedBy":"bench","applications":[
        {"application":"bench","component":"http","epoch":1,"writer":"here","mode":"open",
        "regions":[{"region":"here","state":"serving"}]}]}
        """
            .getBytes(StandardCharsets.UTF_8);
    String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json));
    String head = "farshore-routing-table/1 " + digest + "\n";
    return (head + new String(json, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
  }

  private static String publicKey() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    byte[] key = generator.generateKeyPair().getPublic().getEncoded();
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(key)
        + "\n-----END PUBLIC KEY-----\n";
  }

  private Process haproxy(int port, int upstream, int threads) throws Exception {
    Path config = directory.resolve("haproxy.cfg");
    Files.writeString(
        config,
        """
        global
          nbthread %d
          maxconn 4096
        defaults
          mode http
          timeout connect 1s
          timeout client 60s
          timeout server 15s
          http-reuse always
          option forwardfor
        frontend clients
          bind 127.0.0.1:%d
          default_backend application
        backend application
          server here 127.0.0.1:%d pool-max-conn 512
        """
            .formatted(threads, port, upstream));
    return begin(
        "haproxy",
        port,
        new ProcessBuilder(Tools.require("haproxy"), "-db", "-f", config.toString()));
  }

  private ProcessBuilder nginx(String name, int workers, String servers) throws IOException {
    Path home = Files.createDirectories(directory.resolve(name));
    Path config = home.resolve("nginx.conf");
    Files.writeString(
        config,
        """
        daemon off;
        worker_processes %1$d;
        pid %2$s/pid;
        error_log %2$s/error.log;
        events { worker_connections 4096; }
        http {
          access_log off;
          keepalive_requests 1000000000;
          client_body_temp_path %2$s/body;
          proxy_temp_path %2$s/proxy;
          fastcgi_temp_path %2$s/fastcgi;
          uwsgi_temp_path %2$s/uwsgi;
          scgi_temp_path %2$s/scgi;
          %3$s
        }
        """
            .formatted(workers, home, servers));
    return new ProcessBuilder(
        Tools.require("nginx"),
        "-c",
        config.toString(),
        "-e",
        home.resolve("error.log").toString());
  }

  private static String upstreamServer(int port) {
    return "server { listen 127.0.0.1:%d; location / { default_type application/json; return 200 '%s'; } }"
        .formatted(port, ANSWER);
  }

  private static String nginxServer(int port, int upstream) {
    return """
        upstream application { server 127.0.0.1:%d; keepalive 256; keepalive_requests 1000000000; }
        server { listen 127.0.0.1:%d; location / {
          proxy_pass http://application; proxy_http_version 1.1; proxy_set_header Connection "";
          proxy_set_header Host $host; proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        } }
        """
        .formatted(upstream, port);
  }

  private Process begin(String name, int port, ProcessBuilder builder) throws Exception {
    Path log = directory.resolve(name + ".log");
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    processes.add(process);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS_MAX);
    while (!listening(port)) {
      if (!process.isAlive() || System.nanoTime() - deadline > 0) {
        throw new IOException(name + " did not start: " + Files.readString(log));
      }
      Thread.sleep(20);
    }
    return process;
  }

  private static boolean listening(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws IOException {
    for (Process process : processes) {
      // Workers of nginx end with their master.
      process.destroy();
    }
    for (Process process : processes) {
      process.onExit().completeOnTimeout(process, STOP_SECONDS_MAX, TimeUnit.SECONDS).join();
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
