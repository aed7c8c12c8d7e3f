package io.farshore.audit.log.wiring;

import io.farshore.audit.event.EventReader;
import io.farshore.audit.log.AuditLog;
import io.farshore.audit.log.EventIntake;
import io.farshore.audit.log.OpenLog;
import io.farshore.audit.log.OwnEvents;
import io.farshore.audit.log.ReadAccess;
import io.farshore.audit.record.OcsfRecords;
import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.IdGenerator;
import io.farshore.kernel.MonotonicClock;
import io.farshore.quarkus.region.RegionSettings;
import io.farshore.tlog.key.SigningKeyFile;
import io.farshore.tlog.note.NoteSigner;
import io.farshore.tlog.note.VerifierKey;
import io.farshore.tlog.tile.LogFiles;
import io.farshore.tlog.writer.LogOpening;
import io.farshore.tlog.writer.LogWriter;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;

/** The log below the service's data directory and what is made of it. */
@Dependent
public class LogBeans {
  private static final String DIRECTORY = "log";

  @Produces
  @Singleton
  NoteSigner signer(LogSettings settings) {
    try {
      return new NoteSigner(settings.origin(), SigningKeyFile.load(settings.signingKeyFile()));
    } catch (FarshoreException refused) {
      throw new ConfigurationException("farshore.log.signing-key-file: " + refused.describe());
    }
  }

  @Produces
  @Singleton
  VerifierKey verifierKey(NoteSigner signer) {
    return signer.verifierKey();
  }

  @Produces
  @Singleton
  LogFiles files(RegionSettings region) {
    return LogFiles.of(region.dataDir().resolve(DIRECTORY).toAbsolutePath());
  }

  @Produces
  @Singleton
  OcsfRecords records(LogSettings settings) {
    return new OcsfRecords(settings.origin());
  }

  @Produces
  @Singleton
  OwnEvents ownEvents(RegionSettings region, OcsfRecords records, Clock clock, IdGenerator ids) {
    return new OwnEvents(region.region(), records, clock, ids);
  }

  @Produces
  @Singleton
  AuditLog log(
      LogFiles files,
      NoteSigner signer,
      OcsfRecords records,
      OwnEvents ownEvents,
      LogSettings settings,
      MonotonicClock clock,
      LogWatch watch) {
    SecureRandom random = new SecureRandom();
    OpenLog.Opener opener =
        () -> {
          LogWriter writer = LogOpening.open(files.directory(), signer, random);
          OpenLog open = new OpenLog(writer, files, records::eventId);
          return open.begin(ownEvents.started(writer.recovery()));
        };
    try {
      return new AuditLog(opener, settings.publishInterval(), clock, watch);
    } catch (FarshoreException refused) {
      // Quarkus prints the message of this exception as one line, without a stack.
      throw new ConfigurationException("farshore.data-dir: " + refused.describe());
    }
  }

  void close(@Disposes AuditLog log, OwnEvents ownEvents) {
    log.append(ownEvents.stopped());
    log.close();
  }

  @Produces
  @Singleton
  EventIntake intake(OcsfRecords records, OwnEvents ownEvents, AuditLog log, Clock clock) {
    return new EventIntake(new EventReader(), records, ownEvents, log, clock);
  }

  @Produces
  @Singleton
  ReadAccess readAccess(AuditLog log, OwnEvents ownEvents, MonotonicClock clock) {
    return new ReadAccess(log, ownEvents, clock);
  }
}
