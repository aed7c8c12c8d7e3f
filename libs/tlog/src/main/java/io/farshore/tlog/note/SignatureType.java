package io.farshore.tlog.note;

/** What a key of a signed note signs, and how (C2SP signed-note, "Signature types"). */
public enum SignatureType {
  /** Ed25519 over the note's text. */
  ED25519(0x01),
  /** Ed25519 over a time and the note's text: a log witness's cosignature/v1. */
  COSIGNATURE_V1(0x04);

  private final byte code;

  SignatureType(int code) {
    this.code = (byte) code;
  }

  byte code() {
    return code;
  }
}
