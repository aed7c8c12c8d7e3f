package io.farshore.vault.key;

import io.farshore.kernel.FarshoreException;
import io.farshore.vault.VaultErrors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Key files: made readable by their owner only, refused when others can read or the group can write
 * them. (Readable by the group is allowed: Kubernetes mounts secrets so.)
 */
public final class KeyFiles {
  private static final String REPOSITORY_KEY_PREFIX = "farshore-vault-key-1:";
  private static final String PEM_BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String PEM_END = "-----END PRIVATE KEY-----";

  /** No key file is longer; whatever is, is not one. */
  private static final long KEY_FILE_BYTES_MAX = 4_096;

  private static final Set<PosixFilePermission> UNSAFE =
      EnumSet.of(
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  private KeyFiles() {}

  /**
   * Makes a new repository key. Keep a copy of the file away from the repository: without it no
   * backup can be read.
   *
   * @throws FarshoreException {@link VaultErrors#KEY_UNUSABLE} if the file exists or cannot be
   *     written
   */
  public static RepositoryKey generateRepositoryKey(Path file, SecureRandom random) {
    byte[] secret = new byte[RepositoryKey.SECRET_BYTES];
    random.nextBytes(secret);
    create(file, REPOSITORY_KEY_PREFIX + Base64.getUrlEncoder().encodeToString(secret) + "\n");
    RepositoryKey key = RepositoryKey.of(secret);
    Arrays.fill(secret, (byte) 0);
    return key;
  }

  /**
   * @throws FarshoreException {@link VaultErrors#KEY_UNUSABLE} if the file is missing, malformed or
   *     readable by others
   */
  public static RepositoryKey loadRepositoryKey(Path file) {
    String text = read(file).strip();
    if (!text.startsWith(REPOSITORY_KEY_PREFIX)) {
      throw unusable(file, "not a repository key file", null);
    }
    try {
      return RepositoryKey.of(
          Base64.getUrlDecoder().decode(text.substring(REPOSITORY_KEY_PREFIX.length())));
    } catch (IllegalArgumentException e) {
      throw unusable(file, "not 32 bytes in base64url", null);
    }
  }

  /**
   * Makes a new Ed25519 signing key as PKCS #8 PEM, as {@code openssl genpkey -algorithm ed25519}
   * does.
   */
  public static SigningKey generateSigningKey(Path file, SecureRandom random) {
    byte[] seed = new byte[SigningKey.SEED_BYTES];
    random.nextBytes(seed);
    SigningKey key = SigningKey.ofSeed(seed);
    create(
        file,
        PEM_BEGIN
            + "\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.pkcs8())
            + "\n"
            + PEM_END
            + "\n");
    return key;
  }

  /** Loads an Ed25519 private key in PKCS #8 PEM. */
  public static SigningKey loadSigningKey(Path file) {
    String text = read(file);
    int begin = text.indexOf(PEM_BEGIN);
    int end = text.indexOf(PEM_END);
    if (begin < 0 || end < begin) {
      throw unusable(file, "not a PKCS #8 PEM private key", null);
    }
    try {
      return SigningKey.ofPkcs8(
          Base64.getMimeDecoder().decode(text.substring(begin + PEM_BEGIN.length(), end)));
    } catch (IllegalArgumentException e) {
      throw unusable(file, "not an Ed25519 private key", null);
    }
  }

  private static String read(Path file) {
    try {
      Set<PosixFilePermission> granted = Files.getPosixFilePermissions(file);
      if (granted.stream().anyMatch(UNSAFE::contains)) {
        throw unusable(
            file, "permissions " + PosixFilePermissions.toString(granted) + " are too open", null);
      }
      if (Files.size(file) > KEY_FILE_BYTES_MAX) {
        throw unusable(file, "too long for a key file", null);
      }
      return Files.readString(file, StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw unusable(file, "cannot be read: " + e.getClass().getSimpleName(), e);
    }
  }

  private static void create(Path file, String text) {
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer buffer = StandardCharsets.US_ASCII.encode(text);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    } catch (IOException e) {
      throw unusable(file, "cannot be written: " + e.getClass().getSimpleName(), e);
    }
  }

  private static FarshoreException unusable(Path file, String why, @Nullable Throwable cause) {
    return new FarshoreException(
        VaultErrors.KEY_UNUSABLE,
        "Key file cannot be used",
        Map.of("file", file.toString(), "why", why),
        cause);
  }
}
