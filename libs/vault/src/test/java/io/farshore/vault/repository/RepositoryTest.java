package io.farshore.vault.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farshore.kernel.ErrorCategory;
import io.farshore.kernel.ErrorCode;
import io.farshore.kernel.FarshoreException;
import io.farshore.vault.VaultErrors;
import io.farshore.vault.backup.BackupResult;
import io.farshore.vault.backup.BackupSession;
import io.farshore.vault.copy.DirectoryCopyStore;
import io.farshore.vault.key.RepositoryKey;
import io.farshore.vault.key.SigningKey;
import io.farshore.vault.manifest.BackupManifest;
import io.farshore.vault.manifest.RecoveryPointId;
import io.farshore.vault.restore.RestoreListener;
import io.farshore.vault.restore.RestoreResult;
import io.farshore.vault.restore.Verification;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryTest {
  @TempDir Path directory;
  private final VaultFixture vault = new VaultFixture();
  private final RecoveryPointId id = VaultFixture.newId();

  private Path a() {
    return directory.resolve("a");
  }

  private Path b() {
    return directory.resolve("b");
  }

  private Repository both() {
    return vault.repository(VaultFixture.copy("a", a()), VaultFixture.copy("b", b()));
  }

  private RestoreResult restore(Repository repository, Path to) {
    return repository.restore(id, Optional.empty(), to, RestoreListener.none());
  }

  @Test
  void what_was_backed_up_is_restored_byte_for_byte() throws IOException {
    BackupResult made = vault.backup(both(), id);
    Path to = directory.resolve("restored");

    RestoreResult restored = restore(both(), to);

    assertThat(made.complete()).isTrue();
    assertThat(VaultFixture.read(to)).containsExactlyEntriesOf(vault.expected());
    assertThat(restored.manifest()).isEqualTo(made.manifest());
    assertThat(restored.manifestDigest()).isEqualTo(made.manifestDigest());
    assertThat(restored.damages()).isEmpty();
    assertThat(to.resolve("pg_notify")).isEmptyDirectory();
    assertThat(permissions(to)).isEqualTo("rwx------");
    assertThat(permissions(to.resolve("base/1"))).isEqualTo("rwxr-x---");
    assertThat(permissions(to.resolve("base/1/random"))).isEqualTo("rw-r-----");
    assertThat(Files.getLastModifiedTime(to.resolve("PG_VERSION")).toInstant())
        .isEqualTo(VaultFixture.TAKEN_AT);
  }

  @Test
  void one_read_feeds_copies_that_are_equal_to_the_bit() throws IOException {
    vault.backup(both(), id);
    assertThat(VaultFixture.read(a().resolve("packs")))
        .containsExactlyEntriesOf(VaultFixture.read(b().resolve("packs")));
  }

  @Test
  void each_copy_alone_is_enough() throws IOException {
    vault.backup(both(), id);
    for (Path copy : List.of(a(), b())) {
      Path to = directory.resolve("restored-" + copy.getFileName());
      restore(vault.repository(VaultFixture.copy("only", copy)), to);
      assertThat(VaultFixture.read(to)).containsExactlyEntriesOf(vault.expected());
    }
  }

  @Test
  void nothing_readable_reaches_the_copy() throws IOException {
    vault.files.put("secret", "attack at dawn".repeat(50).getBytes(StandardCharsets.US_ASCII));
    vault.backup(both(), id);
    for (byte[] content : VaultFixture.read(a()).values()) {
      assertThat(new String(content, StandardCharsets.ISO_8859_1))
          .doesNotContain("attack at dawn")
          .doesNotContain("base/1")
          .doesNotContain("public.account");
    }
  }

  @Test
  void a_second_backup_of_the_same_stores_almost_nothing() throws IOException {
    vault.backup(both(), id);
    BackupResult second = vault.backup(both(), VaultFixture.newId());
    assertThat(second.manifest().summary().storedBytes()).isZero();
    assertThat(VaultFixture.objects(a(), "packs")).hasSize(1);

    vault.files.put("base/1/new", new byte[] {1, 2, 3});
    BackupResult third = vault.backup(both(), VaultFixture.newId());
    assertThat(third.manifest().summary().storedBytes()).isBetween(1L, 1_000L);
  }

  @Test
  void a_copy_that_fell_behind_gets_what_it_lacks_and_only_that() throws IOException {
    vault.backup(vault.repository(VaultFixture.copy("a", a())), VaultFixture.newId());

    BackupResult result = vault.backup(both(), id);

    assertThat(result.outcomes().get(0).storedBytes()).isLessThan(5_000);
    assertThat(result.outcomes().get(1).storedBytes()).isGreaterThan(3_000_000);
    assertThat(both().verify(id, "b").intact()).isTrue();
  }

  @Test
  void a_copy_that_fails_is_named_and_the_other_stays_good() throws IOException {
    FaultyCopyStore full =
        new FaultyCopyStore(new DirectoryCopyStore(b()), FaultyCopyStore.Fault.DISK_FULL, 9);
    Repository repository =
        vault.repository(VaultFixture.copy("a", a()), VaultFixture.copy("b", full));

    BackupResult result = vault.backup(repository, id);

    assertThat(result.complete()).isFalse();
    assertThat(result.outcomes().get(0).complete()).isTrue();
    assertThat(result.outcomes().get(1).failure().orElseThrow().code())
        .isEqualTo(VaultErrors.COPY_FULL);
    assertThat(both().load(id).findings())
        .extracting(CopyFinding::state)
        .containsExactly(CopyFinding.State.PRESENT, CopyFinding.State.MISSING);
  }

  @Test
  void a_copy_that_hangs_is_given_up_and_the_run_goes_on() throws IOException {
    FaultyCopyStore hanging =
        new FaultyCopyStore(new DirectoryCopyStore(b()), FaultyCopyStore.Fault.HANG, 9);
    Repository repository =
        vault.repository(VaultFixture.copy("a", a()), VaultFixture.copy("b", hanging));

    BackupResult result;
    try (BackupSession session = repository.begin(vault.signer, Duration.ofMillis(500))) {
      result = vault.write(session, id);
    }

    assertThat(result.outcomes().get(0).complete()).isTrue();
    assertThat(result.outcomes().get(1).complete()).isFalse();
    assertThat(both().load(id).findings().getFirst().state()).isEqualTo(CopyFinding.State.PRESENT);
  }

  @Test
  void when_no_copy_can_be_written_the_run_fails_with_every_reason() {
    FaultyCopyStore one =
        new FaultyCopyStore(new DirectoryCopyStore(a()), FaultyCopyStore.Fault.DISK_FULL, 8);
    FaultyCopyStore two =
        new FaultyCopyStore(new DirectoryCopyStore(b()), FaultyCopyStore.Fault.CRASH, 8);
    Repository repository =
        vault.repository(VaultFixture.copy("a", one), VaultFixture.copy("b", two));

    assertThatThrownBy(() -> vault.backup(repository, id))
        .isInstanceOfSatisfying(
            FarshoreException.class,
            e -> {
              assertThat(e.code()).isEqualTo(VaultErrors.COPY_FAILED);
              assertThat(e.context()).containsKeys("copy.a", "copy.b");
            });
    assertThat(both().list()).isEmpty();
  }

  @Test
  void two_writers_do_not_work_in_one_copy() throws IOException {
    try (BackupSession first = both().begin(vault.signer)) {
      refused(() -> both().begin(vault.signer).close(), VaultErrors.COPY_LOCKED);
      vault.write(first, id);
    }
    both().begin(vault.signer).close();
    assertThat(both().verify(id, "a").intact()).isTrue();
  }

  @Test
  void a_backup_without_manifest_does_not_exist_but_is_made_use_of() throws IOException {
    try (BackupSession session = both().begin(vault.signer)) {
      for (int i = 0; i < 70; i++) {
        byte[] noise = new byte[1 << 20];
        new Random(i).nextBytes(noise);
        vault.files.put("noise/" + i, noise);
        try (OutputStream out = session.file("noise/" + i, 0600, VaultFixture.TAKEN_AT)) {
          out.write(noise);
        }
      }
    }
    assertThat(both().list()).isEmpty();
    assertThat(a().resolve("incoming")).isEmptyDirectory();
    // Whatever packs were complete by then are found again; never is the whole stored twice.
    vault.backup(both(), id);
    assertThat(both().list()).containsExactly(id);
    assertThat(both().verify(id, "a").intact()).isTrue();
  }

  @Test
  void a_wrong_key_is_called_so() throws IOException {
    vault.backup(both(), id);
    Repository other =
        new Repository(both().copies(), RepositoryKey.of(VaultFixture.filled(8)), vault.random);
    refused(() -> other.load(id), VaultErrors.WRONG_KEY);
    refused(() -> other.begin(vault.signer), VaultErrors.WRONG_KEY);
    refused(() -> restore(other, directory.resolve("restored")), VaultErrors.WRONG_KEY);
    assertThat(directory.resolve("restored")).doesNotExist();
  }

  @Test
  void a_signer_nobody_vouches_for_is_refused() throws IOException {
    vault.backup(both(), id);
    String signerId = vault.signer.signer().signerId();
    SigningKey foreign = SigningKey.ofSeed(VaultFixture.filled(1));
    for (Path copy : List.of(a(), b())) {
      // An attacker without the key replaces the proof with one he can make.
      Path entry = copy.resolve("signers/" + signerId + ".json");
      Files.writeString(
          entry,
          "{\"proof\":\"00\",\"publicKey\":\""
              + Base64.getEncoder().encodeToString(foreign.signer().encoded())
              + "\"}");
    }
    refused(() -> both().load(id), VaultErrors.SIGNATURE_INVALID);
  }

  @Test
  void a_directory_that_holds_something_is_not_restored_over() throws IOException {
    vault.backup(both(), id);
    Path to = Files.createDirectory(directory.resolve("restored"));
    Path precious = Files.writeString(to.resolve("precious"), "data");

    refused(() -> restore(both(), to), VaultErrors.TARGET_NOT_EMPTY);

    assertThat(precious).hasContent("data");
    Files.delete(precious);
    restore(both(), to);
    assertThat(VaultFixture.read(to)).containsExactlyEntriesOf(vault.expected());
  }

  @Test
  void a_link_in_place_of_the_directory_is_refused() throws IOException {
    vault.backup(both(), id);
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), elsewhere);
    refused(() -> restore(both(), link), VaultErrors.TARGET_NOT_EMPTY);
    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void what_an_interrupted_restore_left_is_no_obstacle() throws IOException {
    vault.backup(both(), id);
    Path left = Files.createDirectories(directory.resolve(".restored.restoring/base"));
    Files.writeString(left.resolve("half"), "of a file");
    Path to = directory.resolve("restored");

    restore(both(), to);

    assertThat(VaultFixture.read(to)).containsExactlyEntriesOf(vault.expected());
    try (Stream<Path> inside = Files.list(directory)) {
      assertThat(inside.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("a", "b", "restored");
    }
  }

  @Test
  void a_failure_while_finishing_leaves_no_directory() throws IOException {
    vault.backup(both(), id);
    Path to = directory.resolve("restored");
    RestoreListener failing =
        new RestoreListener() {
          @Override
          public void complete(Path staged, BackupManifest manifest) {
            throw new FarshoreException(VaultErrors.TARGET_UNUSABLE, "settings cannot be written");
          }
        };
    refused(() -> both().restore(id, Optional.empty(), to, failing), VaultErrors.TARGET_UNUSABLE);
    assertThat(to).doesNotExist();
    assertThat(directory.resolve(".restored.restoring")).doesNotExist();
  }

  @Test
  void a_damaged_chunk_comes_from_the_other_copy_and_is_reported() throws IOException {
    vault.backup(both(), id);
    Path pack = VaultFixture.objects(a(), "packs").getFirst();
    VaultFixture.flipBit(pack, Files.size(pack) / 2);
    Path to = directory.resolve("restored");

    RestoreResult restored = both().restore(id, Optional.of("a"), to, RestoreListener.none());

    assertThat(VaultFixture.read(to)).containsExactlyEntriesOf(vault.expected());
    assertThat(restored.damageCount()).isPositive();
    assertThat(restored.damages().getFirst().copy()).isEqualTo("a");
    assertThat(restored.copiesUsed()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void a_chunk_damaged_in_every_copy_fails_the_restore_and_names_it() throws IOException {
    vault.backup(both(), id);
    for (Path copy : List.of(a(), b())) {
      Path pack = VaultFixture.objects(copy, "packs").getFirst();
      VaultFixture.flipBit(pack, Files.size(pack) / 2);
    }
    Path to = directory.resolve("restored");
    assertThatThrownBy(() -> restore(both(), to))
        .isInstanceOfSatisfying(
            FarshoreException.class,
            e -> {
              assertThat(e.code()).isEqualTo(VaultErrors.DAMAGED);
              assertThat(e.context()).containsKeys("chunk", "copy.a", "copy.b");
            });
    assertThat(to).doesNotExist();
  }

  @Test
  void a_missing_pack_shows_in_the_copys_state_and_the_other_stands_in() throws IOException {
    vault.backup(both(), id);
    Repository repository = both();
    assertThat(repository.load(id).findings().getFirst().state())
        .isEqualTo(CopyFinding.State.PRESENT);

    Files.delete(VaultFixture.objects(a(), "packs").getFirst());

    assertThat(repository.load(id).findings())
        .extracting(CopyFinding::state)
        .containsExactly(CopyFinding.State.DAMAGED, CopyFinding.State.PRESENT);
    restore(repository, directory.resolve("restored"));
    assertThat(VaultFixture.read(directory.resolve("restored")))
        .containsExactlyEntriesOf(vault.expected());
  }

  @Test
  void a_copy_that_cannot_be_reached_is_unknown_not_good() throws IOException {
    vault.backup(both(), id);
    Repository repository = both();
    Files.move(b(), directory.resolve("unplugged"));
    assertThat(repository.load(id).findings())
        .extracting(CopyFinding::state)
        .containsExactly(CopyFinding.State.PRESENT, CopyFinding.State.UNKNOWN);
  }

  @Test
  void every_bit_of_a_pack_and_a_manifest_counts() throws IOException {
    vault.files.keySet().removeIf(name -> name.startsWith("base/"));
    vault.wal.clear();
    vault.backup(vault.repository(VaultFixture.copy("a", a())), id);
    for (String folder : List.of("packs", "manifests")) {
      Path file = VaultFixture.objects(a(), folder).getFirst();
      byte[] good = Files.readAllBytes(file);
      for (int position = 0; position < good.length; position++) {
        VaultFixture.flipBit(file, position);
        assertThat(detected(folder)).as("%s byte %d of %d", folder, position, good.length).isTrue();
        Files.write(file, good);
      }
      assertThat(detected(folder)).isFalse();
    }
  }

  /** For packs also by those who have no key. */
  private boolean detected(String folder) {
    Repository repository = vault.repository(VaultFixture.copy("a", a()));
    boolean withKey;
    try {
      withKey = !repository.verify(id, "a").intact();
    } catch (FarshoreException e) {
      withKey = e.code().category() == ErrorCategory.CORRUPT;
    }
    boolean withoutKey = folder.equals("packs") && !PackScan.good(new DirectoryCopyStore(a()));
    return folder.equals("packs") ? withKey || withoutKey : withKey;
  }

  @Test
  void verifying_names_the_damaged_pack() throws IOException {
    vault.backup(both(), id);
    Path pack = VaultFixture.objects(a(), "packs").getFirst();
    VaultFixture.flipBit(pack, 1_000_000);

    Verification found = both().verify(id, "a");

    assertThat(found.damageCount()).isEqualTo(1);
    assertThat(found.damages().getFirst().object().orElseThrow().value())
        .endsWith(String.valueOf(pack.getFileName()));
    assertThat(both().verify(id, "b").intact()).isTrue();
  }

  @Test
  void an_unknown_recovery_point_is_unknown() throws IOException {
    vault.backup(both(), VaultFixture.newId());
    refused(() -> both().load(id), VaultErrors.RECOVERY_POINT_UNKNOWN);
  }

  @Test
  void the_catalog_is_readable_without_a_key() throws IOException {
    BackupResult made = vault.backup(both(), id);
    assertThat(Catalog.read(new DirectoryCopyStore(a())).summaries())
        .containsExactly(made.manifest().summary());
  }

  @Test
  void a_path_given_twice_or_leading_elsewhere_is_refused() {
    try (BackupSession session = both().begin(vault.signer)) {
      session.directory("base", 0700);
      refused(() -> session.file("base", 0600, VaultFixture.TAKEN_AT), VaultErrors.SOURCE_INVALID);
      refused(
          () -> session.file("../passwd", 0600, VaultFixture.TAKEN_AT), VaultErrors.PATH_REFUSED);
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static void refused(ThrowingCallable call, ErrorCode code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(FarshoreException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
