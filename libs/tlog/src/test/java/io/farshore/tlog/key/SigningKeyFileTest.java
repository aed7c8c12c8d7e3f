package io.farshore.tlog.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.farshore.kernel.FarshoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeyFileTest {
  @TempDir private Path directory;

  @Test
  void aKeyIsReadBackFromItsFile() {
    Ed25519SigningKey created =
        SigningKeyFile.create(directory.resolve("key.pem"), new SecureRandom());

    Ed25519SigningKey loaded = SigningKeyFile.load(directory.resolve("key.pem"));

    assertThat(loaded.publicKey()).isEqualTo(created.publicKey());
    byte[] message = "m".getBytes(StandardCharsets.US_ASCII);
    assertThat(created.publicKey().verifies(message, loaded.sign(message))).isTrue();
  }

  @Test
  void thePublicKeyOfTheSpecificationsSeedIsDerived() {
    // RFC 8032 section 7.1, test 1.
    byte[] pkcs8 =
        HexFormat.of()
            .parseHex(
                "302e020100300506032b657004220420"
                    + "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");

    assertThat(Ed25519SigningKey.fromPkcs8(pkcs8).publicKey())
        .hasToString("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  }

  @Test
  void anExistingFileIsNotOverwritten() {
    Path file = directory.resolve("key.pem");
    Ed25519SigningKey first = SigningKeyFile.create(file, new SecureRandom());

    assertThatExceptionOfType(FarshoreException.class)
        .isThrownBy(() -> SigningKeyFile.create(file, new SecureRandom()));
    assertThat(SigningKeyFile.load(file).publicKey()).isEqualTo(first.publicKey());
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw----r--", "rw--w----", "rw-----w-"})
  void aFileOpenToOthersIsRefused(String permissions) throws IOException {
    Path file = directory.resolve("key.pem");
    SigningKeyFile.create(file, new SecureRandom());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

    assertRefused(file, "open to other users");
  }

  @Test
  void whatIsNoKeyFileIsRefused() throws IOException {
    assertRefused(directory.resolve("absent"), "no such key file");
    assertRefused(directory, "no such key file");
    assertRefused(written(""), "no private key");
    assertRefused(written("x".repeat(5000)), "too long");
    assertRefused(
        written("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"), "no Ed25519");
    assertRefused(written("-----BEGIN PRIVATE KEY----------END PRIVATE KEY-----\n"), "no Ed25519");
    assertRefused(written("-----BEGIN PRIVATE KEY-----\n"), "no private key");
  }

  private Path written(String content) throws IOException {
    Path file = Files.createTempFile(directory, "key", ".pem");
    return Files.writeString(file, content);
  }

  private static void assertRefused(Path file, String why) {
    assertThatExceptionOfType(FarshoreException.class)
        .isThrownBy(() -> SigningKeyFile.load(file))
        .withMessageContaining(why)
        .satisfies(refused -> assertThat(refused.context()).containsEntry("file", file.toString()));
  }
}
