package io.farshore.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.IdGenerator;
import io.farshore.kernel.Lsn;
import io.farshore.kernel.RegionId;
import io.farshore.kernel.Timeline;
import io.farshore.tlog.key.Ed25519SigningKey;
import io.farshore.tlog.note.NoteSigner;
import io.farshore.tlog.writer.LogOpening;
import io.farshore.tlog.writer.LogWriter;
import io.farshore.vault.backup.BackupSession;
import io.farshore.vault.backup.RecoveryPointFacts;
import io.farshore.vault.copy.Copy;
import io.farshore.vault.copy.DirectoryCopyStore;
import io.farshore.vault.key.KeyFiles;
import io.farshore.vault.key.RepositoryKey;
import io.farshore.vault.key.SigningKey;
import io.farshore.vault.manifest.RecoveryPointId;
import io.farshore.vault.manifest.SourceIdentity;
import io.farshore.vault.repository.Repository;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What works when every service is dead: verifying the log, and breaking the glass. */
@NullUnmarked
class OfflineTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  @TempDir Path directory;

  private String writeLog(int entries) {
    NoteSigner signer = new NoteSigner("us-east.audit.example", Ed25519SigningKey.generate(RANDOM));
    try (LogWriter writer = LogOpening.open(directory.resolve("log"), signer, RANDOM)) {
      for (int i = 0; i < entries; i++) {
        writer.append(List.of(("{\"entry\":" + i + "}").getBytes(StandardCharsets.UTF_8)));
      }
      writer.publish();
    }
    return signer.verifierKey().toString();
  }

  private Run verify(String key, String... more) {
    String[] arguments = {"audit", "verify", directory.resolve("log").toString(), "--key", key};
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return Run.of(all);
  }

  @Test
  void aLogIsVerifiedWithItsKeyAlone() throws IOException {
    String key = writeLog(300);
    Path keyFile = Files.writeString(directory.resolve("log.vkey"), key + "\n");
    Path kept = Files.copy(directory.resolve("log/checkpoint"), directory.resolve("kept"));

    Run run = verify(keyFile.toString(), "--since", kept.toString());

    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(ExitCodes.OK);
    assertThat(run.out()).contains("entries  300, checked 300").contains("verified:");
    assertThat(verify(key, "-o", "json").out()).contains("\"intact\" : true");
  }

  @Test
  void aLogSomebodyChangedIsNot() throws IOException {
    String key = writeLog(300);
    Path bundle = directory.resolve("log/tile/entries/000");
    byte[] bytes = Files.readAllBytes(bundle);
    bytes[bytes.length / 2] ^= 1;
    Files.write(bundle, bytes);

    Run run = verify(key);

    assertThat(run.exit()).isEqualTo(ExitCodes.VERIFICATION_FAILED);
    assertThat(run.out()).contains("WRONG").contains("tile/entries/000").contains("NOT verified");
  }

  @Test
  void anotherKeyDoesNotVerifyIt() {
    writeLog(3);
    String other =
        new NoteSigner("us-east.audit.example", Ed25519SigningKey.generate(RANDOM))
            .verifierKey()
            .toString();
    assertThat(verify(other).exit()).isEqualTo(ExitCodes.VERIFICATION_FAILED);
  }

  @Test
  void whatIsNoKeyOrNoLogIsSaidInOneLine() {
    Run noKey = verify("not-a-key");
    assertThat(noKey.exit()).isEqualTo(ExitCodes.USAGE);
    assertThat(noKey.err().lines()).hasSize(1);
    writeLog(1);
    Run malformed = verify("a+b+c");
    assertThat(malformed.exit()).isEqualTo(ExitCodes.ERROR);
    assertThat(malformed.err()).contains("name+01234567+base64");
  }

  private RecoveryPointId backUp() throws IOException {
    RepositoryKey key = KeyFiles.generateRepositoryKey(directory.resolve("vault.key"), RANDOM);
    SigningKey signer = KeyFiles.generateSigningKey(directory.resolve("signing.key"), RANDOM);
    Repository repository =
        new Repository(
            List.of(new Copy("local", new DirectoryCopyStore(directory.resolve("copy")), true)),
            key,
            RANDOM);
    RecoveryPointId id = RecoveryPointId.of(IdGenerator.timeOrdered(Clock.systemUTC()).next());
    try (BackupSession session = repository.begin(signer)) {
      session.directory("base", 0700);
      try (OutputStream out = session.file("PG_VERSION", 0600, Instant.EPOCH)) {
        out.write("18\n".getBytes(StandardCharsets.US_ASCII));
      }
      try (OutputStream out = session.wal("000000010000000000000001", Instant.EPOCH)) {
        out.write(new byte[1024]);
      }
      session.seal(
          new RecoveryPointFacts(
              id,
              new ApplicationId("ledger"),
              "ledger-database",
              new SourceIdentity("7412345678901234567", "18.6", new RegionId("us-east"), false),
              Instant.parse("2026-11-21T03:00:00Z"),
              new Timeline(1),
              Lsn.parse("0/2000028"),
              Lsn.parse("0/2000100"),
              Lsn.parse("0/2000200"),
              Map.of("max_connections", 100),
              Map.of("ledger.public.account", 1_000L)));
    }
    return id;
  }

  private Run glass(String... arguments) {
    String[] all = java.util.Arrays.copyOf(arguments, arguments.length + 4);
    all[arguments.length] = "--repository";
    all[arguments.length + 1] = directory.resolve("copy").toString();
    all[arguments.length + 2] = "--key-file";
    all[arguments.length + 3] = directory.resolve("vault.key").toString();
    return Run.of(all);
  }

  @Test
  void aBackupIsRestoredWithTheRepositoryAndTheKeyAlone() throws IOException {
    RecoveryPointId id = backUp();
    Path target = directory.resolve("restored");

    assertThat(glass("backup", "list").out()).contains(id.value()).contains("copy-1 present");
    Run run = glass("backup", "restore", "latest", target.toString());

    assertThat(run.exit()).as(run.err()).isEqualTo(ExitCodes.OK);
    assertThat(run.out()).contains(id.value()).contains("start it with");
    assertThat(target.resolve("PG_VERSION")).hasContent("18\n");
    assertThat(target.resolve("recovery.signal")).exists();
  }

  @Test
  void aTargetThatIsNotEmptyIsLeftAlone() throws IOException {
    backUp();
    Path target = Files.createDirectory(directory.resolve("in-use"));
    Files.writeString(target.resolve("precious"), "mine");

    Run run = glass("backup", "restore", "latest", target.toString());

    assertThat(run.exit()).isEqualTo(ExitCodes.ERROR);
    assertThat(run.err()).contains("restore-target-not-empty");
    assertThat(target.resolve("precious")).hasContent("mine");
  }

  @Test
  void anUnknownRecoveryPointAndAMissingKeyAreSaidInOneLine() throws IOException {
    backUp();
    Run unknown =
        glass("backup", "restore", "0190f5e8-0000-7000-8000-000000000000", directory + "/x");
    assertThat(unknown.exit()).isEqualTo(ExitCodes.ERROR);
    assertThat(unknown.err().lines()).hasSize(1);
    Run noKey = Run.of("backup", "list", "--repository", directory.resolve("copy").toString());
    assertThat(noKey.exit()).isEqualTo(ExitCodes.USAGE);
    assertThat(noKey.err()).contains("--key-file");
    Run noRepository =
        Run.of("backup", "list", "--repository", directory + "/absent", "--key-file", "/absent");
    assertThat(noRepository.exit()).isEqualTo(ExitCodes.NOT_READY);
  }
}
