package io.farshore.testbed.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Whether a process serves. Asked again and again until it does. */
@FunctionalInterface
public interface Readiness {
  boolean isReady() throws InterruptedException;

  /** Ready when the health endpoint on this management port says so. */
  static Readiness health(int managementPort) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/q/health/ready"))
            .timeout(Duration.ofSeconds(2))
            .build();
    return () -> {
      try {
        return Probes.HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode()
            == 200;
      } catch (IOException notYet) {
        return false;
      }
    };
  }

  /** Ready when this port accepts connections. */
  static Readiness port(int port) {
    return () -> {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
        return true;
      } catch (IOException notYet) {
        return false;
      }
    };
  }
}
