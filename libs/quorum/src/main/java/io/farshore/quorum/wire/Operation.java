package io.farshore.quorum.wire;

/**
 * What a log entry or snapshot chunk carries. Membership changes do not exist here: the members are
 * fixed by the settings.
 */
public sealed interface Operation {
  /** First entry of a leader's term; lets it learn what is committed. Changes nothing. */
  enum NewTerm implements Operation {
    INSTANCE
  }

  /** A proposed command. */
  final class Command implements Operation {
    private final byte[] content;

    public Command(byte[] content) {
      this.content = content;
    }

    public byte[] content() {
      return content;
    }
  }

  /** A piece of a state machine's snapshot. */
  final class SnapshotPiece implements Operation {
    private final byte[] content;

    public SnapshotPiece(byte[] content) {
      this.content = content;
    }

    public byte[] content() {
      return content;
    }
  }
}
