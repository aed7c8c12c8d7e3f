package io.farshore.tlog.cosignature;

import io.farshore.tlog.key.Ed25519PublicKey;
import io.farshore.tlog.key.Ed25519SigningKey;
import io.farshore.tlog.note.Note;
import io.farshore.tlog.note.NoteSignature;
import io.farshore.tlog.note.SignatureType;
import io.farshore.tlog.note.VerifierKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Signs other logs' checkpoints together with the time it saw them (C2SP tlog-cosignature,
 * cosignature/v1). Whether a checkpoint deserves it (consistent with all the witness signed before)
 * is for the caller to know. Thread-safe.
 *
 * @param name of the witness
 * @param key signs
 */
public record LogWitness(String name, Ed25519SigningKey key) {

  public VerifierKey verifierKey() {
    return new VerifierKey(name, SignatureType.COSIGNATURE_V1, key.publicKey());
  }

  /** The signature line to be added to {@code checkpoint}. */
  public NoteSignature cosign(Note checkpoint, Instant seenAt) {
    long seconds = seenAt.getEpochSecond();
    byte[] signature = key.sign(message(seconds, checkpoint.text()));
    byte[] timed =
        ByteBuffer.allocate(Long.BYTES + Ed25519PublicKey.SIGNATURE_BYTES)
            .putLong(seconds)
            .put(signature)
            .array();
    return new NoteSignature(name, verifierKey().keyId(), timed);
  }

  static byte[] message(long seconds, String text) {
    return ("cosignature/v1\ntime " + Long.toUnsignedString(seconds) + "\n" + text)
        .getBytes(StandardCharsets.UTF_8);
  }
}
