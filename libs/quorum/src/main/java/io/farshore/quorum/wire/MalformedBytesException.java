package io.farshore.quorum.wire;

/** Bytes that are not what they should be. The reader's caller decides what that means. */
public final class MalformedBytesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MalformedBytesException(String message) {
    super(message);
  }
}
