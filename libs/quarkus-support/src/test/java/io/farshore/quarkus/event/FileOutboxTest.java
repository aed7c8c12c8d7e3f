package io.farshore.quarkus.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.farshore.kernel.FarshoreException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked
class FileOutboxTest extends OutboxContract {
  private static final long ROOM = 1024 * 1024;

  @TempDir Path directory;
  private final List<FileOutbox> open = new ArrayList<>();

  @Override
  Outbox outbox() {
    FileOutbox outbox = FileOutbox.open(directory, ROOM, 2048);
    open.add(outbox);
    return outbox;
  }

  @Override
  void append(Outbox outbox, String id) {
    ((FileOutbox) outbox).append(event(id));
  }

  @Override
  Outbox reopened(Outbox outbox) throws IOException {
    ((FileOutbox) outbox).close();
    return outbox();
  }

  @AfterEach
  void close() throws IOException {
    for (FileOutbox outbox : open) {
      outbox.close();
    }
  }

  private static StoredEvent event(String id) {
    return new StoredEvent(id, "{\"id\":\"" + id + "\",\"text\":\"Ärger 😀\"}");
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".log")).sorted().toList();
    }
  }

  @Test
  void contentComesBackUnchanged() throws Exception {
    FileOutbox outbox = (FileOutbox) outbox();
    outbox.append(event("x"));
    List<StoredEvent> seen = new ArrayList<>();
    outbox.drain(
        1,
        events -> {
          seen.addAll(events);
          return 1;
        });
    assertThat(seen).containsExactly(event("x"));
  }

  /** Cuts the newest file at every possible length, as a crash in the middle of a write does. */
  @Test
  void aTailTornOffAnywhereCostsOnlyWhatWasTorn() throws Exception {
    FileOutbox outbox = (FileOutbox) outbox();
    outbox.append(event("a"));
    outbox.append(event("b"));
    outbox.close();
    Path segment = segments().getFirst();
    byte[] whole = Files.readAllBytes(segment);
    int firstRecord = OutboxSegment.encode(1, event("a")).length;

    for (int length = whole.length; length >= 0; length--) {
      deleteAll();
      Files.write(segment, Arrays.copyOf(whole, length));
      FileOutbox again = (FileOutbox) outbox();
      again.append(event("after"));
      List<String> expected = new ArrayList<>();
      if (length >= firstRecord) {
        expected.add("a");
      }
      if (length == whole.length) {
        expected.add("b");
      }
      expected.add("after");
      assertThat(drainAll(again)).as("cut at %d", length).isEqualTo(expected);
      again.close();
    }
  }

  @Test
  void bytesThatWereTornOffAreKeptAside() throws Exception {
    FileOutbox outbox = (FileOutbox) outbox();
    outbox.append(event("a"));
    outbox.close();
    Path segment = segments().getFirst();
    Files.write(segment, new byte[] {1, 2, 3}, StandardOpenOption.APPEND);

    FileOutbox again = (FileOutbox) outbox();

    assertThat(again.setAsideBytes()).isEqualTo(3);
    assertThat(drainAll(again)).containsExactly("a");
  }

  @Test
  void aFlippedBitNeverBecomesAnEvent() throws Exception {
    FileOutbox outbox = (FileOutbox) outbox();
    outbox.append(event("a"));
    outbox.close();
    Path segment = segments().getFirst();
    byte[] whole = Files.readAllBytes(segment);
    for (int i = 0; i < whole.length; i++) {
      deleteAll();
      byte[] damaged = whole.clone();
      damaged[i] ^= 0x10;
      Files.write(segment, damaged);
      FileOutbox again = (FileOutbox) outbox();
      assertThat(drainAll(again)).as("bit of byte %d", i).isEmpty();
      again.close();
    }
  }

  @Test
  void damageInTheMiddleCostsOneFileNotTheRest() throws Exception {
    FileOutbox outbox = (FileOutbox) outbox();
    for (int i = 0; i < 100; i++) {
      outbox.append(event("event-" + i));
    }
    outbox.close();
    assertThat(segments()).hasSizeGreaterThan(3);
    try (RandomAccessFile file = new RandomAccessFile(segments().get(1).toFile(), "rw")) {
      file.seek(10);
      file.write(0x55);
    }

    List<String> seen = drainAll(outbox());

    assertThat(seen).contains("event-0", "event-99").doesNotHaveDuplicates().isSubsetOf(ids(100));
    assertThat(seen).hasSizeGreaterThan(60);
  }

  private static Set<String> ids(int count) {
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < count; i++) {
      ids.add("event-" + i);
    }
    return ids;
  }

  /** A write whose sync failed: the publisher was told no, the bytes may be there all the same. */
  @Test
  void whatAFailedWriteLeftBehindIsNotSentInPlaceOfWhatFollowed() throws Exception {
    FileOutbox outbox = (FileOutbox) outbox();
    outbox.append(event("a"));
    outbox.close();
    Path first = segments().getFirst();
    Files.write(first, OutboxSegment.encode(2, event("refused")), StandardOpenOption.APPEND);
    Files.write(
        directory.resolve("%020d.log".formatted(2)), OutboxSegment.encode(2, event("accepted")));

    assertThat(drainAll(outbox())).containsExactly("a", "accepted");
  }

  @Test
  void aLostOrDamagedCursorMeansTwiceNotNever() throws Exception {
    FileOutbox outbox = (FileOutbox) outbox();
    outbox.append(event("a"));
    outbox.append(event("b"));
    outbox.drain(1, List::size);
    outbox.close();
    Files.write(directory.resolve("cursor"), new byte[16]);

    assertThat(drainAll(outbox())).containsExactly("a", "b");
  }

  @Test
  void fullMeansRefusedAndSaidSo() {
    FileOutbox outbox = FileOutbox.open(directory, 1000, 200);
    open.add(outbox);
    List<String> stored = new ArrayList<>();
    assertThatExceptionOfType(FarshoreException.class)
        .isThrownBy(
            () -> {
              for (int i = 0; i < 1000; i++) {
                outbox.append(event("event-" + i));
                stored.add("event-" + i);
              }
            })
        .satisfies(e -> assertThat(e.code()).isEqualTo(EventErrors.OUTBOX_FULL));
    assertThat(stored).isNotEmpty();
    assertThat(outbox.bytes()).isLessThanOrEqualTo(1000);
  }

  @Test
  void roomComesBackWhenEventsHaveGone() throws Exception {
    FileOutbox outbox = FileOutbox.open(directory, 2000, 200);
    open.add(outbox);
    for (int round = 0; round < 50; round++) {
      List<String> stored = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        outbox.append(event("event-" + round + "-" + i));
        stored.add("event-" + round + "-" + i);
      }
      assertThat(drainAll(outbox)).isEqualTo(stored);
    }
    assertThat(segments()).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void oneDirectoryHasOneOwner() {
    outbox();
    assertThatExceptionOfType(FarshoreException.class)
        .isThrownBy(() -> FileOutbox.open(directory, ROOM))
        .satisfies(e -> assertThat(e.code()).isEqualTo(EventErrors.OUTBOX_UNWRITABLE));
  }

  @Test
  void aDirectoryThatCannotBeMadeIsSaidSo() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "in the way");
    assertThatExceptionOfType(FarshoreException.class)
        .isThrownBy(() -> FileOutbox.open(file.resolve("outbox"), ROOM))
        .satisfies(e -> assertThat(e.context()).containsKey("directory"));
  }

  @Test
  void anInterruptedCallerHarmsNobody() throws Exception {
    FileOutbox outbox = (FileOutbox) outbox();
    Thread.currentThread().interrupt();
    outbox.append(event("a"));
    assertThat(Thread.interrupted()).isTrue();
    outbox.append(event("b"));

    assertThat(drainAll(outbox)).containsExactly("a", "b");
  }

  @Test
  void manyWritersAndOneReaderLoseNothingAndKeepEachWritersOrder() throws Exception {
    FileOutbox outbox = (FileOutbox) outbox();
    int writers = 8;
    int each = 200;
    ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
    Thread reader =
        Thread.ofPlatform()
            .start(
                () -> {
                  Random random = new Random(7);
                  try {
                    while (seen.size() < writers * each) {
                      outbox.drain(
                          20,
                          events -> {
                            int confirmed = random.nextInt(events.size() + 1);
                            events.subList(0, confirmed).forEach(event -> seen.add(event.id()));
                            return confirmed;
                          });
                      outbox.awaitEvents(100);
                    }
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    List<Thread> threads = new ArrayList<>();
    for (int w = 0; w < writers; w++) {
      int writer = w;
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; i < each; i++) {
                      outbox.append(event(writer + "-" + i));
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    reader.join(60_000);

    assertThat(seen).hasSize(writers * each).doesNotHaveDuplicates();
    for (int w = 0; w < writers; w++) {
      String prefix = w + "-";
      List<Integer> order =
          seen.stream()
              .filter(id -> id.startsWith(prefix))
              .map(id -> Integer.valueOf(id.substring(prefix.length())))
              .toList();
      assertThat(order).isSorted();
    }
  }

  private void deleteAll() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }
}
