package io.farshore.vault.pack;

/** How the content of a chunk is stored. */
public enum Codec {
  /** As it is: compression would not have made it smaller. */
  STORED(0),
  /** One Zstandard frame. */
  ZSTD(1);

  private final int code;

  Codec(int code) {
    this.code = code;
  }

  byte code() {
    return (byte) code;
  }

  static Codec of(byte code) {
    for (Codec codec : values()) {
      if (codec.code == code) {
        return codec;
      }
    }
    throw new IllegalArgumentException("unknown codec");
  }
}
