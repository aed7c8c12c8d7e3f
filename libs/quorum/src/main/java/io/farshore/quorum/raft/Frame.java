package io.farshore.quorum.raft;

import io.farshore.quorum.wire.ByteReader;
import io.farshore.quorum.wire.ByteWriter;
import io.farshore.quorum.wire.MalformedBytesException;

/** What members put into the links' frames. */
sealed interface Frame {
  /** A message of MicroRaft's. */
  record Raft(Content message) implements Frame {}

  /** A message beside the log. */
  record Message(String topic, Content content) implements Frame {}

  /** A question. */
  record Call(long id, String topic, Content content) implements Frame {}

  /** The answer to the question of that id. */
  record Answer(long id, Content content) implements Frame {}

  /** No answer to the question of that id, and why. */
  record Refusal(long id, Reason reason) implements Frame {}

  /** Why a call is not answered. */
  enum Reason {
    /** Not done, and will not be. */
    NOT_DONE(0),
    /** Done, not done, or still to come. */
    UNKNOWN(1),
    NO_SUCH_TOPIC(2),
    FAILED(3);

    private final int code;

    Reason(int code) {
      this.code = code;
    }

    private static Reason of(int code) {
      for (Reason reason : values()) {
        if (reason.code == code) {
          return reason;
        }
      }
      throw new MalformedBytesException("unknown reason");
    }
  }

  /** Bytes inside a frame. */
  final class Content {
    private final byte[] bytes;

    Content(byte[] bytes) {
      this.bytes = bytes;
    }

    byte[] bytes() {
      return bytes;
    }
  }

  default byte[] encode() {
    ByteWriter out = new ByteWriter();
    switch (this) {
      case Raft raft -> out.byteValue(1).raw(raft.message.bytes);
      case Message message -> out.byteValue(2).text(message.topic).raw(message.content.bytes);
      case Call call -> out.byteValue(3).number(call.id).text(call.topic).raw(call.content.bytes);
      case Answer answer -> out.byteValue(4).number(answer.id).raw(answer.content.bytes);
      case Refusal refusal -> out.byteValue(5).number(refusal.id).byteValue(refusal.reason.code);
    }
    return out.toBytes();
  }

  /**
   * @throws MalformedBytesException if the bytes hold no frame
   */
  static Frame decode(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    return switch (in.byteValue()) {
      case 1 -> new Raft(new Content(in.rest()));
      case 2 -> new Message(in.text(), new Content(in.rest()));
      case 3 -> new Call(in.number(), in.text(), new Content(in.rest()));
      case 4 -> new Answer(in.number(), new Content(in.rest()));
      case 5 -> new Refusal(in.number(), Reason.of(in.byteValue()));
      default -> throw new MalformedBytesException("unknown kind of frame");
    };
  }
}
