package io.farshore.testbed.identity;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/**
 * What the quorum's members show each other, in PEM files: one key and a certificate it has signed
 * itself. A world has one for all its members; real ones would have one each.
 *
 * @param certificate for everyone to see and to trust
 * @param key for its owner only
 */
public record MemberCertificate(Path certificate, Path key) {
  private static final String ALIAS = "member";
  private static final int LINE = 64;

  /**
   * Makes both files, with the JDK's own {@code keytool}.
   *
   * @param password protects the key for the moment it lies in a key store
   */
  static MemberCertificate create(Path directory, String password) throws IOException {
    Path store = directory.resolve("member.p12");
    try {
      keytool(store, password);
      KeyStore keys = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(store)) {
        keys.load(in, password.toCharArray());
      }
      Key key = keys.getKey(ALIAS, password.toCharArray());
      return new MemberCertificate(
          Files.writeString(
              directory.resolve("member.crt"),
              pem("CERTIFICATE", keys.getCertificate(ALIAS).getEncoded())),
          PrivateFiles.write(
              directory.resolve("member.key"), pem("PRIVATE KEY", key.getEncoded())));
    } catch (GeneralSecurityException e) {
      throw new IOException("keytool made a key that cannot be read", e);
    } finally {
      Files.deleteIfExists(store);
    }
  }

  private static void keytool(Path store, String password) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            ALIAS,
            "-keyalg",
            "EC",
            "-dname",
            "CN=farshore-member",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass:env",
            "STORE_PASSWORD",
            "-J-XX:TieredStopAtLevel=1");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("STORE_PASSWORD", password);
    Process process = builder.start();
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException("keytool failed: " + output.strip());
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static String pem(String kind, byte[] content) {
    return "-----BEGIN "
        + kind
        + "-----\n"
        + Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(content)
        + "\n-----END "
        + kind
        + "-----\n";
  }
}
