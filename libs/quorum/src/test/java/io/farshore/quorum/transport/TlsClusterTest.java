package io.farshore.quorum.transport;

import static io.farshore.quorum.transport.Cluster.WITNESS;

import io.farshore.kernel.MemberId;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsClusterTest {
  private static final String PASSWORD = "only-for-this-test";

  @TempDir Path directory;

  @Test
  void members_agree_inside_tls() throws Exception {
    Cluster cluster = new Cluster(directory).withTls(files());
    try {
      cluster.startAll();

      MemberId leader = cluster.awaitLeader();
      cluster.propose(leader, "one");

      Cluster.await(() -> cluster.machine(WITNESS).commands().equals(List.of("one")));
    } finally {
      cluster.close();
    }
  }

  private LinkSettings.Tls files() throws Exception {
    Path store = directory.resolve("keys.p12");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    List<String> command =
        List.of(
            keytool.toString(),
            "-genkeypair",
            "-alias",
            "member",
            "-keyalg",
            "EC",
            "-dname",
            "CN=member",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            PASSWORD);
    Process process = new ProcessBuilder(command).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("keytool failed");
    }
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    Key key = keys.getKey("member", PASSWORD.toCharArray());
    Path certificate =
        pem("certificate.pem", "CERTIFICATE", keys.getCertificate("member").getEncoded());
    return new LinkSettings.Tls(
        certificate, pem("key.pem", "PRIVATE KEY", key.getEncoded()), certificate);
  }

  private Path pem(String name, String kind, byte[] content) throws Exception {
    String text =
        "-----BEGIN "
            + kind
            + "-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
            + "\n-----END "
            + kind
            + "-----\n";
    return Files.write(directory.resolve(name), text.getBytes(StandardCharsets.US_ASCII));
  }
}
