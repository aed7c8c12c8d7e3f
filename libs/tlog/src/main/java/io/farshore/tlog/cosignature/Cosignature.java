package io.farshore.tlog.cosignature;

import io.farshore.tlog.key.Ed25519PublicKey;
import io.farshore.tlog.note.Note;
import io.farshore.tlog.note.NoteSignature;
import io.farshore.tlog.note.SignatureType;
import io.farshore.tlog.note.VerifierKey;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What a note says about one log witness. */
public sealed interface Cosignature {
  /**
   * The witness saw this checkpoint.
   *
   * @param seenAt when, by the witness's clock; the latest, if it signed more than once
   */
  record Valid(Instant seenAt) implements Cosignature {}

  /** The witness did not sign. */
  record Absent() implements Cosignature {}

  /** There is a line in the witness's name, and it is wrong: the note must be rejected. */
  record Invalid() implements Cosignature {}

  /** What {@code checkpoint} says about the witness with this key, of type cosignature/v1. */
  static Cosignature check(Note checkpoint, VerifierKey witness) {
    if (witness.type() != SignatureType.COSIGNATURE_V1) {
      throw new IllegalArgumentException("a log witness has a key of type cosignature/v1");
    }
    @Nullable Instant seenAt = null;
    for (NoteSignature line : checkpoint.signatures()) {
      if (line.claims(witness)) {
        byte[] timed = line.signature();
        if (timed.length != Long.BYTES + Ed25519PublicKey.SIGNATURE_BYTES) {
          return new Invalid();
        }
        long seconds = ByteBuffer.wrap(timed).getLong();
        byte[] signature = Arrays.copyOfRange(timed, Long.BYTES, timed.length);
        byte[] message = LogWitness.message(seconds, checkpoint.text());
        if (seconds < 0
            || seconds > Instant.MAX.getEpochSecond()
            || !witness.publicKey().verifies(message, signature)) {
          return new Invalid();
        }
        Instant time = Instant.ofEpochSecond(seconds);
        seenAt = seenAt == null || time.isAfter(seenAt) ? time : seenAt;
      }
    }
    return seenAt == null ? new Absent() : new Valid(seenAt);
  }
}
