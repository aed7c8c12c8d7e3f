package io.farshore.vault.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farshore.kernel.ErrorCode;
import io.farshore.kernel.FarshoreException;
import io.farshore.vault.VaultErrors;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What every {@link CopyStore} does alike. Extend it and say how to open one. */
public abstract class CopyStoreContract {
  private static final ObjectName NAME = new ObjectName("packs/ab/abc.pack");

  /** A view of the same empty storage each time; as another process would open it. */
  protected abstract CopyStore open();

  @Test
  void what_was_committed_is_read_back_whole_and_in_parts() {
    CopyStore store = open();
    byte[] content = new byte[100_000];
    new Random(1).nextBytes(content);

    try (CopyStore.Upload upload = store.create(NAME)) {
      upload.write(content, 0, 60_000);
      upload.write(content, 60_000, 40_000);
      assertThat(upload.commit()).isTrue();
    }

    assertThat(open().find(NAME)).contains(new StoredObject(NAME, content.length));
    assertThat(open().get(NAME, 0, content.length)).isEqualTo(content);
    assertThat(open().get(NAME, 99_999, 1)).containsExactly(content[99_999]);
  }

  @Test
  void nothing_is_visible_before_the_commit_and_nothing_stays_without_one() {
    CopyStore store = open();
    try (CopyStore.Upload upload = store.create(NAME)) {
      upload.write(new byte[10], 0, 10);
      assertThat(store.find(NAME)).isEmpty();
      assertThat(store.list("packs", Optional.empty())).isEmpty();
    }
    assertThat(store.find(NAME)).isEmpty();
  }

  @Test
  void an_object_that_is_there_is_never_replaced() {
    CopyStore store = open();
    assertThat(put(store, NAME, "first")).isTrue();

    assertThat(put(store, NAME, "second")).isFalse();

    assertThat(text(store.get(NAME, 0, 5))).isEqualTo("first");
  }

  @Test
  void of_many_who_put_one_name_at_once_exactly_one_wins() throws Exception {
    CopyStore store = open();
    List<Callable<Boolean>> puts = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      String content = "writer" + i;
      puts.add(() -> put(store, NAME, content));
    }
    int winners = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<Boolean> put : threads.invokeAll(puts)) {
        winners += put.get() ? 1 : 0;
      }
    }
    assertThat(winners).isEqualTo(1);
    assertThat(text(store.get(NAME, 0, 7))).startsWith("writer");
  }

  @Test
  void an_absent_object_is_missing_and_a_short_one_damaged() {
    CopyStore store = open();
    refused(() -> store.get(NAME, 0, 1), VaultErrors.OBJECT_MISSING);
    put(store, NAME, "12345");
    refused(() -> store.get(NAME, 3, 3), VaultErrors.DAMAGED);
  }

  @Test
  void lists_one_folder_in_the_order_of_names_and_page_by_page() {
    CopyStore store = open();
    int count = CopyStore.LIST_PAGE_OBJECTS_MAX + 5;
    List<ObjectName> expected = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ObjectName name = new ObjectName("packs/%02x/p%05d.pack".formatted(i % 7, i));
      put(store, name, "x");
      expected.add(name);
    }
    put(store, new ObjectName("manifests/other"), "x");
    expected.sort(null);

    List<StoredObject> first = store.list("packs", Optional.empty());
    List<StoredObject> second = store.list("packs", Optional.of(first.getLast().name()));

    assertThat(first).hasSize(CopyStore.LIST_PAGE_OBJECTS_MAX);
    List<ObjectName> all = new ArrayList<>();
    first.forEach(object -> all.add(object.name()));
    second.forEach(object -> all.add(object.name()));
    assertThat(all).isEqualTo(expected);
    assertThat(store.list("packs", Optional.of(all.getLast()))).isEmpty();
  }

  @Test
  void a_folder_that_was_never_written_is_empty() {
    CopyStore store = open();
    put(store, NAME, "x");
    assertThat(store.list("manifests", Optional.empty())).isEmpty();
  }

  @Test
  void deleting_removes_and_may_be_repeated() {
    CopyStore store = open();
    put(store, NAME, "x");
    store.delete(NAME);
    store.delete(NAME);
    assertThat(store.find(NAME)).isEmpty();
  }

  @Test
  void there_is_one_writer_until_it_gives_up_the_right() {
    CopyStore store = open();
    CopyStore another = open();
    try (CopyStore.WriterLock held = store.lock()) {
      assertThat(held).isNotNull();
      refused(another::lock, VaultErrors.COPY_LOCKED);
      refused(store::lock, VaultErrors.COPY_LOCKED);
    }
    another.lock().close();
  }

  @Test
  void reading_needs_no_lock() {
    CopyStore store = open();
    put(store, NAME, "x");
    try (CopyStore.WriterLock held = store.lock()) {
      assertThat(held).isNotNull();
      assertThat(open().get(NAME, 0, 1)).hasSize(1);
    }
  }

  private static boolean put(CopyStore store, ObjectName name, String content) {
    byte[] bytes = content.getBytes(StandardCharsets.US_ASCII);
    try (CopyStore.Upload upload = store.create(name)) {
      upload.write(bytes, 0, bytes.length);
      return upload.commit();
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  private static void refused(ThrowingCallable call, ErrorCode code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(FarshoreException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
