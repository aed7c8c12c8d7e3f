package io.farshore.tlog.note;

import io.farshore.tlog.key.Ed25519SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Signs notes under a name. Thread-safe.
 *
 * @param name of the key; for a log, its origin
 * @param key signs
 */
public record NoteSigner(String name, Ed25519SigningKey key) {
  public NoteSigner {
    KeyName.require(name);
  }

  /** What others verify this signer's notes with. */
  public VerifierKey verifierKey() {
    return new VerifierKey(name, SignatureType.ED25519, key.publicKey());
  }

  public Note sign(String text) {
    byte[] signature = key.sign(text.getBytes(StandardCharsets.UTF_8));
    return new Note(text, List.of(new NoteSignature(name, verifierKey().keyId(), signature)));
  }
}
