package io.farshore.vault.recovery;

import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.Lsn;
import io.farshore.vault.VaultErrors;
import io.farshore.vault.manifest.BackupManifest;
import io.farshore.vault.restore.RecoveryPointReader;
import io.farshore.vault.restore.RestoreListener;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Prepares a restored data directory for its first start: it replays the log that came with the
 * recovery point, becomes a primary of its own, and has no ties to where it comes from. Port,
 * addresses and authentication are left to whoever starts it.
 *
 * <p>The log of a recovery point ends at its {@code countsLsn}, so replaying all of it yields
 * exactly the rows that were counted; no target is needed for that. A target makes it stop earlier:
 * at the last record that begins before the target.
 */
public final class RecoveryPreparation {
  /**
   * Settings that would tie a copy to production. It must not wait for a synchronous standby that
   * is not its own, follow a primary, or archive its log among that of the source.
   */
  private static final Map<String, String> NO_TIES =
      Map.of(
          "primary_conninfo", "",
          "primary_slot_name", "",
          "synchronous_standby_names", "",
          "synchronized_standby_slots", "",
          "archive_mode", "off",
          "recovery_target_timeline", "current");

  /** Settings that a server replaying a log must not have lower than the one that wrote it. */
  public static final List<String> MINIMUM_SETTINGS =
      List.of(
          "max_connections",
          "max_worker_processes",
          "max_wal_senders",
          "max_prepared_transactions",
          "max_locks_per_transaction");

  private static final Pattern SETTING = Pattern.compile("\\s*([A-Za-z_][A-Za-z_0-9.]*)\\s*=?.*");
  private static final String SETTINGS_FILE = "postgresql.auto.conf";

  private RecoveryPreparation() {}

  /** Finishes a restore with {@link #prepare}. */
  public static RestoreListener finisher(Optional<Lsn> target) {
    return new RestoreListener() {
      @Override
      public void complete(Path directory, BackupManifest manifest) {
        prepare(directory, manifest, target);
      }
    };
  }

  /** The major version in a full one, for example 18 in {@code 18.6 (Debian 18.6-1)}. */
  private static int majorOf(String serverVersion) {
    int end = 0;
    while (end < serverVersion.length() && Character.isDigit(serverVersion.charAt(end))) {
      end++;
    }
    return end == 0 ? 0 : Integer.parseInt(serverVersion.substring(0, end));
  }

  /**
   * Writes {@code recovery.signal} and rewrites {@code postgresql.auto.conf}, which wins over every
   * other file.
   *
   * @param directory restored, never started
   * @param manifest what was restored
   * @param target where to stop; empty: at the end of the log that came with the recovery point
   * @throws FarshoreException {@link VaultErrors#TARGET_UNUSABLE} if it cannot be written
   */
  public static void prepare(Path directory, BackupManifest manifest, Optional<Lsn> target) {
    Map<String, String> settings = new TreeMap<>(NO_TIES);
    if (majorOf(manifest.summary().source().serverVersion()) < 17) {
      settings.remove("synchronized_standby_slots"); // unknown there, and unknown ones stop a start
    }
    // Lower ones stop the replay; what the starter's own files say is often lower.
    manifest
        .contents()
        .minimumSettings()
        .forEach(
            (name, value) -> {
              if (MINIMUM_SETTINGS.contains(name)) {
                settings.put(name, Integer.toString(value));
              }
            });
    // Relative paths: the server runs commands in its data directory, wherever that is moved to.
    settings.put("restore_command", "cp \"" + RecoveryPointReader.WAL_FOLDER + "/%f\" \"%p\"");
    target.ifPresent(
        lsn -> {
          settings.put("recovery_target_lsn", lsn.toString());
          settings.put("recovery_target_inclusive", "off");
          settings.put("recovery_target_action", "promote");
        });
    try {
      Path file = directory.resolve(SETTINGS_FILE);
      List<String> lines = new ArrayList<>();
      if (Files.exists(file)) {
        Files.readAllLines(file).stream().filter(line -> keeps(line, settings)).forEach(lines::add);
      }
      settings.forEach((name, value) -> lines.add(name + " = '" + value.replace("'", "''") + "'"));
      write(file, String.join("\n", lines) + "\n");
      Files.deleteIfExists(directory.resolve("standby.signal"));
      write(directory.resolve("recovery.signal"), "");
    } catch (IOException e) {
      throw new FarshoreException(
          VaultErrors.TARGET_UNUSABLE,
          "Recovery settings cannot be written",
          Map.of("directory", directory.toString(), "cause", String.valueOf(e.getMessage())),
          e);
    }
  }

  /** Lines of what we set, and of any earlier recovery, go: they may hold a password, too. */
  private static boolean keeps(String line, Map<String, String> settings) {
    var matcher = SETTING.matcher(line);
    if (!matcher.matches()) {
      return true;
    }
    String name = matcher.group(1).toLowerCase(Locale.ROOT);
    return !settings.containsKey(name)
        && !name.startsWith("recovery_target")
        && !name.equals("archive_command")
        && !name.equals("archive_library");
  }

  private static void write(Path file, String text) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      var buffer = StandardCharsets.UTF_8.encode(text);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }
}
