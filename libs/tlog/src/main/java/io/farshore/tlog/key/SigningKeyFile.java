package io.farshore.tlog.key;

import io.farshore.kernel.FarshoreException;
import io.farshore.tlog.TlogErrors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file with an Ed25519 private key: PKCS #8 in PEM, as {@code openssl genpkey -algorithm ed25519}
 * writes it. Created for its owner only; refused if everyone may read it.
 */
public final class SigningKeyFile {
  private static final String HEADER = "-----BEGIN PRIVATE KEY-----";
  private static final String FOOTER = "-----END PRIVATE KEY-----";

  /** An Ed25519 key in PEM has 119 bytes; anything much longer is another file. */
  private static final long FILE_BYTES_MAX = 4096;

  /** A group may read: that is how a process that is not root reads a Kubernetes secret. */
  private static final Set<PosixFilePermission> TOO_OPEN =
      EnumSet.of(
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private SigningKeyFile() {}

  /**
   * Writes a new key to a file that must not exist.
   *
   * @throws FarshoreException {@code key-file-unusable} if it exists or cannot be written
   */
  public static Ed25519SigningKey create(Path file, SecureRandom random) {
    Ed25519SigningKey key = Ed25519SigningKey.generate(random);
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.toPkcs8());
    String pem = HEADER + "\n" + body + "\n" + FOOTER + "\n";
    try {
      boolean posix =
          Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix");
      if (posix) {
        Files.createFile(
            file,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, pem, StandardOpenOption.WRITE);
      } else {
        Files.writeString(file, pem, StandardOpenOption.CREATE_NEW);
      }
      return key;
    } catch (FileAlreadyExistsException exists) {
      throw unusable(file, "A key file is never overwritten", exists);
    } catch (IOException failed) {
      throw unusable(file, "The key file cannot be written", failed);
    }
  }

  /**
   * @throws FarshoreException {@code key-file-unusable} if the file is missing, unreadable, open to
   *     other users, or holds no Ed25519 private key
   */
  public static Ed25519SigningKey load(Path file) {
    String pem;
    try {
      if (!Files.isRegularFile(file)) {
        throw unusable(file, "There is no such key file", null);
      }
      if (Files.getFileStore(file).supportsFileAttributeView("posix")
          && Files.getPosixFilePermissions(file).stream().anyMatch(TOO_OPEN::contains)) {
        throw unusable(file, "The key file is open to other users: chmod 600 it", null);
      }
      if (Files.size(file) > FILE_BYTES_MAX) {
        throw unusable(file, "The file is too long to be a key file", null);
      }
      pem = Files.readString(file, StandardCharsets.US_ASCII);
    } catch (IOException failed) {
      throw unusable(file, "The key file cannot be read", failed);
    }
    String text = pem.strip();
    if (!text.startsWith(HEADER) || !text.endsWith(FOOTER)) {
      throw unusable(file, "The key file holds no private key in PEM", null);
    }
    String body = text.substring(HEADER.length(), text.length() - FOOTER.length());
    try {
      return Ed25519SigningKey.fromPkcs8(Base64.getMimeDecoder().decode(body));
    } catch (IllegalArgumentException | FarshoreException refused) {
      throw unusable(file, "The key file holds no Ed25519 private key", refused);
    }
  }

  private static FarshoreException unusable(Path file, String why, @Nullable Throwable cause) {
    return new FarshoreException(
        TlogErrors.KEY_FILE_UNUSABLE, why, Map.of("file", file.toString()), cause);
  }
}
