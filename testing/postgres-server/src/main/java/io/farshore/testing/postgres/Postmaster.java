package io.farshore.testing.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Starts the server's first process on a data directory. */
record Postmaster(
    PostgresBinaries binaries, UnprivilegedLaunch launch, Path dataDirectory, Path log) {

  /**
   * @param authentication lines of {@code pg_hba.conf} before ours
   */
  TetheredProcess start(int port, Map<String, String> settings, List<String> authentication)
      throws IOException {
    DataDirectory data = new DataDirectory(dataDirectory);
    data.writeSettings(settings);
    data.writeAuthentication(authentication);
    data.forgetKilledServer();
    launch.own(dataDirectory);
    return TetheredProcess.start(command(port), dataDirectory, Map.of(), log);
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Only what two servers on one machine must not share goes here: it beats every file. */
  private List<String> command(int port) {
    return launch.command(
        List.of(
            binaries.program("postgres"),
            "-D",
            dataDirectory.toString(),
            "-c",
            "port=" + port,
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "unix_socket_directories=",
            // Files in the data directory instead of /dev/shm, where a killed server leaves them.
            "-c",
            "dynamic_shared_memory_type=mmap"));
  }
}
