package io.farshore.tlog.cosignature;

import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.tlog.checkpoint.LogCheckpoint;
import io.farshore.tlog.key.Ed25519SigningKey;
import io.farshore.tlog.merkle.Hash;
import io.farshore.tlog.note.Note;
import io.farshore.tlog.note.NoteSignature;
import io.farshore.tlog.note.NoteSigner;
import io.farshore.tlog.note.VerifierKey;
import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CosignatureTest {
  private static final Instant SEEN = Instant.parse("2026-11-21T12:00:00Z");

  private final NoteSigner log =
      new NoteSigner("us-east.audit.example", Ed25519SigningKey.generate(new SecureRandom()));
  private final LogWitness witness =
      new LogWitness("eu-west.witness.example", Ed25519SigningKey.generate(new SecureRandom()));
  private final Note checkpoint = signed(7);

  @Test
  void aCosignedCheckpointStillVerifiesForBoth() {
    Note cosigned = Note.parse(checkpoint.with(witness.cosign(checkpoint, SEEN)).encode());

    VerifierKey key = VerifierKey.parse(witness.verifierKey().toString());
    assertThat(Cosignature.check(cosigned, key)).isEqualTo(new Cosignature.Valid(SEEN));
    assertThat(cosigned.check(log.verifierKey())).isEqualTo(Note.Verdict.VALID);
  }

  @Test
  void theLatestOfSeveralTimesCounts() {
    Note twice =
        checkpoint
            .with(witness.cosign(checkpoint, SEEN.plusSeconds(9)))
            .with(witness.cosign(checkpoint, SEEN));

    assertThat(Cosignature.check(twice, witness.verifierKey()))
        .isEqualTo(new Cosignature.Valid(SEEN.plusSeconds(9)));
  }

  @Test
  void aCosignatureOfAnotherCheckpointIsInvalid() {
    Note moved = checkpoint.with(witness.cosign(signed(8), SEEN));

    assertThat(Cosignature.check(moved, witness.verifierKey()))
        .isEqualTo(new Cosignature.Invalid());
  }

  @Test
  void aChangedTimeIsInvalid() {
    NoteSignature line = witness.cosign(checkpoint, SEEN);
    byte[] timed = line.signature();
    timed[7]++;
    Note changed = checkpoint.with(new NoteSignature(line.name(), line.keyId(), timed));

    assertThat(Cosignature.check(changed, witness.verifierKey()))
        .isEqualTo(new Cosignature.Invalid());
  }

  @Test
  void aLineOfTheWrongLengthIsInvalidAndNoLineIsAbsent() {
    VerifierKey key = witness.verifierKey();
    Note shortened = checkpoint.with(new NoteSignature(key.name(), key.keyId(), new byte[64]));

    assertThat(Cosignature.check(shortened, key)).isEqualTo(new Cosignature.Invalid());
    assertThat(Cosignature.check(checkpoint, key)).isEqualTo(new Cosignature.Absent());
  }

  private Note signed(int size) {
    return log.sign(
        new LogCheckpoint(log.name(), size, Hash.leaf(new byte[] {(byte) size})).toText());
  }
}
