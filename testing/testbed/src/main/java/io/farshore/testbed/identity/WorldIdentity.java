package io.farshore.testbed.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who may do what in one world: the token issuer, people's tokens, passwords. */
public final class WorldIdentity {
  /** The roles people can have, and with them the tokens that are made. */
  public static final List<String> ROLES = List.of("viewer", "operator", "approver", "auditor");

  private static final int PASSWORD_BYTES = 18;
  private static final int KEY_BYTES = 32;

  private final TokenIssuer issuer = new TokenIssuer();
  private final SecureRandom random = new SecureRandom();
  private final Path directory;
  private final Path publicKey;
  private final Map<String, Path> tokenFiles = new LinkedHashMap<>();
  private @Nullable MemberCertificate memberCertificate;

  /** Makes everything in {@code directory}, which must be empty. */
  public WorldIdentity(Path directory) throws IOException {
    this.directory = directory;
    publicKey = Files.writeString(directory.resolve("public-key.pem"), issuer.publicKeyPem());
    for (String role : ROLES) {
      String token = issuer.issue(role + "@farshore.local", List.of(role));
      tokenFiles.put(role, PrivateFiles.write(directory.resolve(role + ".jwt"), token));
    }
  }

  /** PEM file of the key that verifies tokens. */
  public Path publicKey() {
    return publicKey;
  }

  /** Issues further tokens, for tests that need odd ones. */
  public TokenIssuer issuer() {
    return issuer;
  }

  /** File with the token of a person that has only this role. */
  public Path tokenFile(String role) {
    Path file = tokenFiles.get(role);
    if (file == null) {
      throw new IllegalArgumentException("no such role: " + role);
    }
    return file;
  }

  /** The token of a person that has only this role. */
  public String token(String role) throws IOException {
    return Files.readString(tokenFile(role));
  }

  /** Writes a service's own token into {@code file}. */
  public Path writeServiceToken(Path file, String site, String service) throws IOException {
    return PrivateFiles.write(file, issuer.issue(site + "." + service, List.of("service")));
  }

  /** A file with 32 random bytes in hexadecimal, made at the first call. */
  public synchronized Path secretFile(String name) throws IOException {
    Path file = directory.resolve(name + ".hex");
    return Files.exists(file) ? file : PrivateFiles.write(file, randomHex(KEY_BYTES));
  }

  /** What the quorum's members show each other, made at the first call. */
  public synchronized MemberCertificate memberCertificate() throws IOException {
    MemberCertificate made = memberCertificate;
    if (made == null) {
      made = MemberCertificate.create(directory, newPassword());
      memberCertificate = made;
    }
    return made;
  }

  /** A password nobody has had before. */
  public String newPassword() {
    return randomHex(PASSWORD_BYTES);
  }

  private String randomHex(int bytes) {
    byte[] secret = new byte[bytes];
    random.nextBytes(secret);
    return HexFormat.of().formatHex(secret);
  }
}
