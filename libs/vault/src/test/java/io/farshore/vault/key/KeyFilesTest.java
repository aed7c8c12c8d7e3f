package io.farshore.vault.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farshore.kernel.FarshoreException;
import io.farshore.vault.VaultErrors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFilesTest {
  @TempDir Path directory;

  @Test
  void a_generated_repository_key_loads_as_the_same_key() throws IOException {
    Path file = directory.resolve("vault.key");
    RepositoryKey made = KeyFiles.generateRepositoryKey(file, new SecureRandom());

    assertThat(KeyFiles.loadRepositoryKey(file).keyId()).isEqualTo(made.keyId());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void a_generated_signing_key_loads_as_the_same_key() {
    Path file = directory.resolve("signing.pem");
    SigningKey made = KeyFiles.generateSigningKey(file, new SecureRandom());
    byte[] message = "message".getBytes(StandardCharsets.US_ASCII);

    byte[] signature = KeyFiles.loadSigningKey(file).sign(message);

    assertThat(made.signer().verify(message, signature)).isTrue();
    assertThat(made.signer().verify("massage".getBytes(StandardCharsets.US_ASCII), signature))
        .isFalse();
    assertThat(made.signer().verify(message, new byte[3])).isFalse();
  }

  /** RFC 8032, section 7.1, test 1. */
  @Test
  void signs_as_the_standard_says() {
    SigningKey key =
        SigningKey.ofSeed(
            HexFormat.of()
                .parseHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
    assertThat(HexFormat.of().formatHex(key.signer().encoded()))
        .endsWith("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    assertThat(HexFormat.of().formatHex(key.sign(new byte[0])))
        .startsWith("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r--r--", "rw-----w-", "rw--w----", "rw------x"})
  void a_file_others_can_use_is_refused(String permissions) throws IOException {
    Path file = directory.resolve("vault.key");
    KeyFiles.generateRepositoryKey(file, new SecureRandom());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

    refused(() -> KeyFiles.loadRepositoryKey(file), "too open");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "farshore-vault-key-1:", "farshore-vault-key-1:AAAA", "secret", "\u0000"})
  void a_file_that_is_no_key_is_refused(String content) throws IOException {
    Path file = directory.resolve("vault.key");
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

    refused(() -> KeyFiles.loadRepositoryKey(file), "not");
    refused(() -> KeyFiles.loadSigningKey(file), "not");
  }

  @Test
  void an_existing_key_is_never_overwritten() {
    Path file = directory.resolve("vault.key");
    RepositoryKey first = KeyFiles.generateRepositoryKey(file, new SecureRandom());
    refused(() -> KeyFiles.generateRepositoryKey(file, new SecureRandom()), "cannot be written");
    assertThat(KeyFiles.loadRepositoryKey(file).keyId()).isEqualTo(first.keyId());
  }

  @Test
  void no_error_shows_key_material() throws IOException {
    Path file = directory.resolve("vault.key");
    Files.writeString(file, "farshore-vault-key-1:c2VjcmV0");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThatThrownBy(() -> KeyFiles.loadRepositoryKey(file))
        .isInstanceOfSatisfying(
            FarshoreException.class,
            e -> assertThat(e.describe() + e.getCause()).doesNotContain("c2VjcmV0"));
  }

  private static void refused(ThrowingCallable call, String why) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            FarshoreException.class,
            e -> {
              assertThat(e.code()).isEqualTo(VaultErrors.KEY_UNUSABLE);
              assertThat(e.describe()).contains(why);
            });
  }
}
