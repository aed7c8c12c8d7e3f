package io.farshore.backup.run;

import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.Lsn;
import io.farshore.kernel.RegionId;
import io.farshore.kernel.Timeline;
import io.farshore.vault.backup.BackupSession;
import io.farshore.vault.backup.RecoveryPointFacts;
import io.farshore.vault.manifest.RecoveryPointId;
import io.farshore.vault.manifest.SourceIdentity;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A database of one file. */
final class FakeReader implements DatabaseReader {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  byte[] content = new byte[100_000];
  @Nullable RuntimeException failure;
  @Nullable CountDownLatch proceed;
  int reads;

  @Override
  public Set<DatabaseComponent> components() {
    return Set.of(DatabaseComponent.of(new ApplicationId("ledger")));
  }

  @Override
  public RecoveryPointFacts read(
      DatabaseComponent component, RecoveryPointId id, BackupSession session) {
    reads++;
    try (OutputStream file = session.file("data", 0600, NOW)) {
      file.write(content);
      if (proceed != null) {
        proceed.await();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    if (failure != null) {
      throw failure;
    }
    return new RecoveryPointFacts(
        id,
        component.application(),
        component.component(),
        new SourceIdentity("1", "18.6", new RegionId("us-east"), false),
        NOW,
        new Timeline(1),
        new Lsn(1),
        new Lsn(2),
        null,
        Map.of(),
        Map.of());
  }
}
