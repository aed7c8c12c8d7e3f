package io.farshore.quorum.store;

import static io.farshore.quorum.store.Entries.chunk;
import static io.farshore.quorum.store.Entries.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farshore.kernel.ErrorCode;
import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.MemberId;
import io.farshore.quorum.QuorumErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRaftStoreTest extends QuorumStoreContract {
  @TempDir Path directory;

  @Override
  QuorumStore open() {
    return open("group", Entries.SELF);
  }

  private FileRaftStore open(String group, MemberId self) {
    return FileRaftStore.open(FileDisk.open(directory), group, self);
  }

  private static void refused(ErrorCode code, ThrowingCallable opening) {
    assertThatThrownBy(opening)
        .isInstanceOfSatisfying(FarshoreException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private void written(int blocks) throws IOException {
    try (FileRaftStore store = open("group", Entries.SELF)) {
      store.persistAndFlushLocalEndpoint(Entries.self());
      store.persistAndFlushInitialGroupMembers(Entries.members());
      for (int i = 1; i <= blocks; i++) {
        store.persistLogEntries(List.of(entry(i, 1, "command " + i)));
        store.flush();
      }
    }
  }

  private Path file(String prefix) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .findFirst()
          .orElseThrow();
    }
  }

  private static void flip(Path file, int at) throws IOException {
    byte[] content = Files.readAllBytes(file);
    content[at] ^= 1;
    Files.write(file, content);
  }

  @Test
  void a_directory_in_use_is_refused() {
    try (FileRaftStore first = open("group", Entries.SELF)) {
      assertThat(first.restored()).isEmpty();
      refused(QuorumErrors.STORE_IN_USE, this::open);
    }
  }

  @Test
  void another_members_directory_is_refused_and_released() throws IOException {
    written(1);

    refused(QuorumErrors.STORE_BELONGS_TO_ANOTHER, () -> open("group", new MemberId("eu-west")));

    open().close();
  }

  @Test
  void another_groups_directory_is_refused() throws IOException {
    written(1);

    refused(QuorumErrors.STORE_BELONGS_TO_ANOTHER, () -> open("other", Entries.SELF));
  }

  @Test
  void damage_in_the_middle_is_refused() throws IOException {
    written(5);
    flip(file("log-"), 60);

    refused(QuorumErrors.STORE_CORRUPT, this::open);
  }

  @Test
  void damage_in_the_record_of_term_and_vote_is_refused() throws IOException {
    written(1);
    flip(file("member"), 30);

    refused(QuorumErrors.STORE_CORRUPT, this::open);
  }

  @Test
  void a_damaged_snapshot_is_refused() throws IOException {
    written(3);
    try (QuorumStore store = open()) {
      store.persistSnapshotChunk(chunk(2, 0, 1, "content"));
      store.flush();
    }
    flip(file("snapshot-"), 40);

    refused(QuorumErrors.STORE_CORRUPT, this::open);
  }

  @Test
  void a_missing_log_is_refused() throws IOException {
    written(3);
    Files.delete(file("log-"));

    refused(QuorumErrors.STORE_CORRUPT, this::open);
  }

  @Test
  void a_log_without_an_owner_is_refused() throws IOException {
    written(3);
    Files.delete(file("member"));

    refused(QuorumErrors.STORE_CORRUPT, this::open);
  }

  @Test
  void a_torn_end_is_cut_off() throws IOException {
    written(3);
    byte[] whole = Files.readAllBytes(file("log-"));
    List<Integer> remembered = new ArrayList<>();
    for (int cut = 1; cut < 30; cut += 2) {
      Files.write(file("log-"), java.util.Arrays.copyOf(whole, whole.length - cut));
      try (QuorumStore store = open()) {
        remembered.add(store.restored().orElseThrow().getLogEntries().size());
      }
    }

    assertThat(remembered).containsOnly(2);
  }

  @Test
  void an_unusable_directory_is_refused() throws IOException {
    Path file = Files.writeString(directory.resolve("not-a-directory"), "");

    refused(QuorumErrors.STORE_FAILED, () -> FileDisk.open(file));
  }

  @Test
  void an_unknown_format_is_refused() throws IOException {
    written(1);
    Files.write(file("member"), Checked.block(MemberRecord.MAGIC, (byte) 2, 0, new byte[3]));

    refused(QuorumErrors.STORE_FORMAT_UNKNOWN, this::open);
  }
}
