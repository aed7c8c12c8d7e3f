package io.farshore.tlog.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.farshore.kernel.FarshoreException;
import io.farshore.tlog.key.Ed25519SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoteGoldenTest {
  private static final String VKEY =
      "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
  private static final String TEXT = "This is an example message.\n";
  private static final String LINE =
      "\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYj"
          + "OBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

  @Test
  void theSpecificationsExampleVerifies() {
    Note note = Note.parse(utf8(TEXT + "\n" + LINE));

    assertThat(note.check(VerifierKey.parse(VKEY))).isEqualTo(Note.Verdict.VALID);
    assertThat(note.encode()).isEqualTo(utf8(TEXT + "\n" + LINE));
    assertThat(VerifierKey.parse(VKEY)).hasToString(VKEY);
  }

  @Test
  void anotherTextUnderTheSameSignatureIsInvalid() {
    Note note = Note.parse(utf8("This is an example massage.\n\n" + LINE));

    assertThat(note.check(VerifierKey.parse(VKEY))).isEqualTo(Note.Verdict.INVALID);
  }

  @Test
  void aValidSignatureDoesNotSaveANoteWithAWrongOneByTheSameKey() {
    Note valid = Note.parse(utf8(TEXT + "\n" + LINE));
    VerifierKey key = VerifierKey.parse(VKEY);
    NoteSignature wrong = new NoteSignature(key.name(), key.keyId(), new byte[64]);

    assertThat(valid.with(wrong).check(key)).isEqualTo(Note.Verdict.INVALID);
  }

  @Test
  void signaturesByUnknownKeysAreIgnored() {
    NoteSigner other =
        new NoteSigner("example.com/bar", Ed25519SigningKey.generate(new SecureRandom()));
    Note note = Note.parse(utf8(TEXT + "\n" + LINE));
    for (int i = 0; i < 20; i++) {
      note = note.with(other.sign(TEXT).signatures().getFirst());
    }

    Note read = Note.parse(note.encode());

    assertThat(read.signatures()).hasSize(21);
    assertThat(read.check(VerifierKey.parse(VKEY))).isEqualTo(Note.Verdict.VALID);
    assertThat(Note.parse(other.sign(TEXT).encode()).check(VerifierKey.parse(VKEY)))
        .isEqualTo(Note.Verdict.ABSENT);
  }

  @Test
  void aSignerWritesWhatItsVerifierKeyVerifies() {
    NoteSigner signer =
        new NoteSigner("us-east.audit.example", Ed25519SigningKey.generate(new SecureRandom()));

    Note note = Note.parse(signer.sign("a\nb\n").encode());

    VerifierKey key = VerifierKey.parse(signer.verifierKey().toString());
    assertThat(note.check(key)).isEqualTo(Note.Verdict.VALID);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text",
        "text\n",
        "text\n\n",
        "text\n\nno signature\n",
        "text\n\n\u2014 name\n",
        "text\n\n\u2014 name !!!\n",
        "text\n\n\u2014 name AAAA\n",
        "text\n\n\u2014 name AAAAAAAA",
        "text\n\n\u2014 na+me AAAAAAAA\n",
        "text\n\n\u2014  AAAAAAAA\n",
        "te\tt\n\n\u2014 name AAAAAAAA\n",
        "text\n\n\u2014 name AAAAAAAA\n\u2014 name AAAAAAAA\nx\n"
      })
  void whatIsNotANoteIsRefused(String text) {
    assertThatExceptionOfType(FarshoreException.class).isThrownBy(() -> Note.parse(utf8(text)));
  }

  @Test
  void aNoteWithTooManySignaturesIsRefused() {
    String lines = LINE.repeat(Note.SIGNATURES_MAX + 1);

    assertThatExceptionOfType(FarshoreException.class)
        .isThrownBy(() -> Note.parse(utf8(TEXT + "\n" + lines)));
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() {
    byte[] note = utf8(TEXT + "\n" + LINE);
    note[3] = (byte) 0xFF;

    assertThatExceptionOfType(FarshoreException.class).isThrownBy(() -> Note.parse(note));
  }

  @Test
  void aVerifierKeyWithAnyCharacterChangedIsRefusedOrAnotherKey() {
    VerifierKey key = VerifierKey.parse(VKEY);
    for (int at = 0; at < VKEY.length(); at++) {
      String changed =
          VKEY.substring(0, at) + (VKEY.charAt(at) == 'B' ? 'C' : 'B') + VKEY.substring(at + 1);
      try {
        assertThat(VerifierKey.parse(changed)).isNotEqualTo(key);
      } catch (FarshoreException refused) {
        assertThat(refused.code().value()).isEqualTo("log-format-malformed");
      }
    }
    for (String garbage : List.of("", "+", "++", "a+b+c", VKEY.substring(0, 40), VKEY + "AAAA")) {
      assertThatExceptionOfType(FarshoreException.class)
          .isThrownBy(() -> VerifierKey.parse(garbage));
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
