package io.farshore.quorum.raft;

import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.MemberId;
import io.farshore.quorum.QuorumErrors;
import io.farshore.quorum.QuorumSettings;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What callers of a quorum may hand in. */
final class Limits {
  private Limits() {}

  static void requireMember(QuorumSettings settings, MemberId member) {
    if (!settings.members().contains(member)) {
      throw new FarshoreException(
          QuorumErrors.UNKNOWN_MEMBER,
          "not a member of this quorum",
          Map.of("member", member.value()));
    }
  }

  static void requireTopic(String topic) {
    if (topic.length() > QuorumSettings.TOPIC_LENGTH_MAX
        || !StandardCharsets.US_ASCII.newEncoder().canEncode(topic)) {
      throw tooLarge();
    }
  }

  static void requireMessage(byte[] message) {
    if (message.length > QuorumSettings.MESSAGE_BYTES_MAX) {
      throw tooLarge();
    }
  }

  static FarshoreException tooLarge() {
    return new FarshoreException(
        QuorumErrors.MESSAGE_TOO_LARGE, "a command, message or topic passes its limit");
  }
}
