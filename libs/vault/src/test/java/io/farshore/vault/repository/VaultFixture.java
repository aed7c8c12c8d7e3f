package io.farshore.vault.repository;

import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.Lsn;
import io.farshore.kernel.RegionId;
import io.farshore.kernel.Timeline;
import io.farshore.vault.backup.BackupResult;
import io.farshore.vault.backup.BackupSession;
import io.farshore.vault.backup.RecoveryPointFacts;
import io.farshore.vault.copy.Copy;
import io.farshore.vault.copy.CopyStore;
import io.farshore.vault.copy.DirectoryCopyStore;
import io.farshore.vault.key.RepositoryKey;
import io.farshore.vault.key.SigningKey;
import io.farshore.vault.manifest.RecoveryPointId;
import io.farshore.vault.manifest.SourceIdentity;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** A small source, keys, and a repository in directories. */
final class VaultFixture {
  static final Instant TAKEN_AT = Instant.parse("2026-11-21T12:00:00Z");

  final RepositoryKey key = RepositoryKey.of(filled(7));
  final SigningKey signer = SigningKey.ofSeed(filled(9));
  final SecureRandom random = new SecureRandom();
  final Map<String, byte[]> files = new TreeMap<>();
  final Map<String, byte[]> wal = new TreeMap<>();

  VaultFixture() {
    Random content = new Random(42);
    files.put("PG_VERSION", "18\n".getBytes(StandardCharsets.US_ASCII));
    files.put("empty", new byte[0]);
    files.put("base/1/random", bytes(content, 2_500_000));
    files.put("base/1/zeros", new byte[3 << 20]);
    files.put("base/1/exact", bytes(content, 1 << 20));
    wal.put("000000010000000000000001", bytes(content, 1 << 20));
  }

  static Copy copy(String name, Path directory) {
    return copy(name, new DirectoryCopyStore(directory));
  }

  static Copy copy(String name, CopyStore store) {
    return new Copy(name, store, true);
  }

  Repository repository(Copy... copies) {
    return new Repository(List.of(copies), key, random);
  }

  BackupResult backup(Repository repository, RecoveryPointId id) throws IOException {
    try (BackupSession session = repository.begin(signer)) {
      return write(session, id);
    }
  }

  BackupResult write(BackupSession session, RecoveryPointId id) throws IOException {
    session.directory("base", 0700);
    session.directory("base/1", 0750);
    session.directory("pg_notify", 0700);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      try (OutputStream out = session.file(file.getKey(), 0640, TAKEN_AT)) {
        out.write(file.getValue());
      }
    }
    for (Map.Entry<String, byte[]> segment : wal.entrySet()) {
      try (OutputStream out = session.wal(segment.getKey(), TAKEN_AT)) {
        out.write(segment.getValue());
      }
    }
    return session.seal(facts(id));
  }

  static RecoveryPointFacts facts(RecoveryPointId id) {
    return new RecoveryPointFacts(
        id,
        new ApplicationId("ledger"),
        "ledger-database",
        new SourceIdentity("7412345678901234567", "18.6", new RegionId("us-east"), false),
        TAKEN_AT,
        new Timeline(1),
        Lsn.parse("0/2000028"),
        Lsn.parse("0/2000100"),
        Lsn.parse("0/2000200"),
        Map.of("max_connections", 100),
        Map.of("ledger.public.account", 1_000L, "ledger.public.transfer", 12L));
  }

  static RecoveryPointId newId() {
    return RecoveryPointId.of(UUID.randomUUID());
  }

  /** What a restore must have made: all files, the log in its folder, nothing else. */
  Map<String, byte[]> expected() {
    Map<String, byte[]> all = new TreeMap<>(files);
    wal.forEach((name, content) -> all.put("farshore_wal/" + name, content));
    return all;
  }

  static Map<String, byte[]> read(Path directory) throws IOException {
    Map<String, byte[]> all = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
        all.put(directory.relativize(path).toString(), Files.readAllBytes(path));
      }
    }
    return all;
  }

  static List<Path> objects(Path copy, String folder) throws IOException {
    try (Stream<Path> paths = Files.walk(copy.resolve(folder))) {
      return paths.filter(Files::isRegularFile).sorted().toList();
    }
  }

  static void flipBit(Path file, long position) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[(int) position] ^= 0x10;
    Files.write(file, bytes);
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  static byte[] filled(int value) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }
}
