package io.farshore.vault.manifest;

import io.farshore.kernel.FarshoreException;
import io.farshore.vault.VaultErrors;
import io.farshore.vault.chunk.Compression;
import io.farshore.vault.key.RepositoryKey;
import io.farshore.vault.key.SignerKey;
import io.farshore.vault.key.SigningKey;
import io.farshore.vault.pack.DataKey;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns manifests into bytes and back: a summary in the clear, contents compressed and encrypted
 * under a data key of their own, a signature over all. For one thread, as its compression is.
 */
public final class ManifestCodec {
  /** Version of the form. */
  public static final int FORMAT = 1;

  /** Longest manifest, in bytes, with its contents decompressed: some 7 TB of data. */
  public static final int MANIFEST_BYTES_MAX = 512 << 20;

  private static final byte[] MAGIC = "FSMANI01".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] KEY_OWNER = "manifest key".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SIGNED =
      "farshore vault manifest v1\n".getBytes(StandardCharsets.US_ASCII);
  private static final int SIGNER_ID_BYTES = 16;
  private static final int SIGNATURE_BYTES = 64;

  private final ManifestJson json = new ManifestJson();
  private final Compression compression;

  public ManifestCodec(Compression compression) {
    this.compression = compression;
  }

  /** The bytes of a signed manifest. */
  public byte[] seal(
      BackupManifest manifest, RepositoryKey key, SigningKey signer, SecureRandom random) {
    byte[] summary = json.write(manifest.summary());
    byte[] contents = json.write(manifest.contents());
    byte[] compressed = new byte[compression.compressedBytesMax(contents.length)];
    int length = compression.compress(contents, contents.length, compressed);
    DataKey dataKey = DataKey.generate(random);
    byte[] wrapped = dataKey.wrap(key, KEY_OWNER, random);
    byte[] sealed = dataKey.seal(DataKey.INDEX_NONCE, sha256(summary), compressed, length);
    ByteBuffer all =
        ByteBuffer.allocate(
            MAGIC.length
                + Integer.BYTES * 3
                + summary.length
                + wrapped.length
                + sealed.length
                + SIGNER_ID_BYTES
                + SIGNATURE_BYTES);
    all.put(MAGIC).putInt(summary.length).put(summary).put(wrapped);
    all.putInt(contents.length).putInt(sealed.length).put(sealed);
    all.put(HexFormat.of().parseHex(signer.signer().signerId()));
    byte[] before = Arrays.copyOf(all.array(), all.position());
    return all.put(signer.sign(signedMessage(before))).array();
  }

  /** SHA-256 of a whole signed manifest, hexadecimal: how others refer to it. */
  public static String digest(byte[] bytes) {
    return HexFormat.of().formatHex(sha256(bytes));
  }

  /**
   * Reads the summary only. Without the repository key nobody can say whether it is true.
   *
   * @throws FarshoreException {@link VaultErrors#DAMAGED} if the bytes are no manifest
   */
  public RecoveryPointSummary summary(byte[] bytes) {
    return checked(() -> parse(bytes).summary);
  }

  /**
   * Checks the signature and reads all.
   *
   * @param signers the key a signer id stands for, if that signer is trusted
   * @throws FarshoreException {@link VaultErrors#SIGNATURE_INVALID} if no trusted signer signed
   *     exactly these bytes, {@link VaultErrors#DAMAGED} if they are malformed
   */
  public BackupManifest open(
      byte[] bytes, RepositoryKey key, Function<String, Optional<SignerKey>> signers) {
    return checked(
        () -> {
          Parts parts = parse(bytes);
          String signerId = HexFormat.of().formatHex(parts.signerId);
          @Nullable SignerKey signer = signers.apply(signerId).orElse(null);
          byte[] before = Arrays.copyOf(bytes, bytes.length - SIGNATURE_BYTES);
          if (signer == null || !signer.verify(signedMessage(before), parts.signature)) {
            throw new FarshoreException(
                VaultErrors.SIGNATURE_INVALID,
                "Manifest is not signed by a trusted signer",
                Map.of("recoveryPointId", parts.summary.id().value(), "signer", signerId));
          }
          DataKey dataKey = DataKey.unwrap(key, KEY_OWNER, parts.wrapped);
          byte[] compressed =
              dataKey.open(DataKey.INDEX_NONCE, sha256(parts.summaryJson), parts.sealed);
          byte[] contents =
              compression.decompress(compressed, compressed.length, parts.contentsBytes);
          return new BackupManifest(
              parts.summary, json.read(contents, BackupManifest.Contents.class));
        });
  }

  private Parts parse(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    if (!Arrays.equals(take(buffer, MAGIC.length), MAGIC)) {
      throw new IllegalArgumentException("not a manifest of format 1");
    }
    byte[] summaryJson = take(buffer, buffer.getInt());
    byte[] wrapped = take(buffer, DataKey.WRAPPED_BYTES);
    int contentsBytes = buffer.getInt();
    if (contentsBytes < 0 || contentsBytes > MANIFEST_BYTES_MAX) {
      throw new IllegalArgumentException("contents are longer than allowed");
    }
    byte[] sealed = take(buffer, buffer.getInt());
    byte[] signerId = take(buffer, SIGNER_ID_BYTES);
    byte[] signature = take(buffer, SIGNATURE_BYTES);
    if (buffer.hasRemaining()) {
      throw new IllegalArgumentException("bytes after the signature");
    }
    RecoveryPointSummary summary = json.read(summaryJson, RecoveryPointSummary.class);
    return new Parts(summary, summaryJson, wrapped, contentsBytes, sealed, signerId, signature);
  }

  private static byte[] take(ByteBuffer buffer, int length) {
    if (length < 0 || length > buffer.remaining()) {
      throw new IllegalArgumentException("a length points outside the manifest");
    }
    byte[] bytes = new byte[length];
    buffer.get(bytes);
    return bytes;
  }

  private static <T> T checked(Supplier<T> read) {
    try {
      return read.get();
    } catch (IllegalArgumentException | BufferUnderflowException e) {
      throw new FarshoreException(
          VaultErrors.DAMAGED,
          "Manifest is damaged",
          Map.of("what", String.valueOf(e.getMessage())),
          e);
    }
  }

  private static byte[] signedMessage(byte[] before) {
    return ByteBuffer.allocate(SIGNED.length + 32).put(SIGNED).put(sha256(before)).array();
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared, never leaves this class
  private record Parts(
      RecoveryPointSummary summary,
      byte[] summaryJson,
      byte[] wrapped,
      int contentsBytes,
      byte[] sealed,
      byte[] signerId,
      byte[] signature) {}
}
