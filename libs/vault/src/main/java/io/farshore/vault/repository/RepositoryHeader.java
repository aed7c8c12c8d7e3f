package io.farshore.vault.repository;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.farshore.kernel.FarshoreException;
import io.farshore.vault.VaultErrors;
import io.farshore.vault.copy.CopyStore;
import io.farshore.vault.copy.ObjectName;
import io.farshore.vault.copy.StoredObject;
import io.farshore.vault.key.RepositoryKey;
import io.farshore.vault.key.SignerKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * What makes storage a copy of a repository: {@code repository.json} names the format and the key,
 * {@code signers/*.json} the writers whose signatures count, each vouched for by the key.
 */
final class RepositoryHeader {
  static final int FORMAT = 1;

  private static final ObjectName HEADER = new ObjectName("repository.json");
  private static final String VOUCHING = "signer";

  /** Both kinds of object are a few hundred bytes; whatever is longer is something else. */
  private static final int HEADER_BYTES_MAX = 4_096;

  private static final JsonMapper JSON = new JsonMapper();

  private RepositoryHeader() {}

  /** Makes storage a copy, if it is none yet, and this signer one of its writers. */
  static void establish(CopyStore store, RepositoryKey key, SignerKey signer) {
    if (store.find(HEADER).isEmpty()) {
      put(
          store,
          HEADER,
          JSON.createObjectNode().put("format", FORMAT).put("keyId", key.keyId()).toString());
    }
    require(store, key);
    ObjectName name = signerObject(signer.signerId());
    if (store.find(name).isEmpty()) {
      put(
          store,
          name,
          JSON.createObjectNode()
              .put("proof", HexFormat.of().formatHex(key.vouch(VOUCHING, signer.encoded())))
              .put("publicKey", Base64.getEncoder().encodeToString(signer.encoded()))
              .toString());
    }
  }

  /**
   * @throws FarshoreException {@link VaultErrors#NOT_A_REPOSITORY} or {@link VaultErrors#WRONG_KEY}
   */
  static void require(CopyStore store, RepositoryKey key) {
    JsonNode header =
        read(store, HEADER)
            .orElseThrow(
                () ->
                    new FarshoreException(
                        VaultErrors.NOT_A_REPOSITORY, "No readable repository header here"));
    if (header.path("format").asInt() != FORMAT) {
      throw new FarshoreException(
          VaultErrors.NOT_A_REPOSITORY,
          "The repository has a format this version cannot read",
          Map.of("format", header.path("format").asText()));
    }
    if (!header.path("keyId").asText().equals(key.keyId())) {
      throw new FarshoreException(
          VaultErrors.WRONG_KEY,
          "The repository was written under another key",
          Map.of("keyId", key.keyId(), "repositoryKeyId", header.path("keyId").asText()));
    }
  }

  /** The signer of that id, if the holder of the repository key vouched for it. */
  static Optional<SignerKey> signer(CopyStore store, RepositoryKey key, String signerId) {
    return read(store, signerObject(signerId))
        .flatMap(
            node -> {
              try {
                byte[] encoded = Base64.getDecoder().decode(node.path("publicKey").asText());
                byte[] proof = HexFormat.of().parseHex(node.path("proof").asText());
                SignerKey signer = SignerKey.decode(encoded);
                boolean vouched =
                    MessageDigest.isEqual(proof, key.vouch(VOUCHING, encoded))
                        && signer.signerId().equals(signerId);
                return vouched ? Optional.of(signer) : Optional.empty();
              } catch (IllegalArgumentException e) {
                // A malformed entry vouches for nobody; the manifest it should vouch for is
                // refused.
                return Optional.empty();
              }
            });
  }

  private static ObjectName signerObject(String signerId) {
    return new ObjectName("signers/" + signerId + ".json");
  }

  private static Optional<JsonNode> read(CopyStore store, ObjectName name) {
    Optional<StoredObject> object = store.find(name);
    if (object.isEmpty() || object.get().bytes() > HEADER_BYTES_MAX) {
      return Optional.empty();
    }
    try {
      return Optional.of(JSON.readTree(store.get(name, 0, (int) object.get().bytes())));
    } catch (IOException e) {
      // Not JSON: the same as not there, and reported as such by the caller.
      return Optional.empty();
    }
  }

  private static void put(CopyStore store, ObjectName name, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (CopyStore.Upload upload = store.create(name)) {
      upload.write(bytes, 0, bytes.length);
      upload.commit();
    }
  }
}
