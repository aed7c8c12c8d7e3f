package io.farshore.testbed.database;

import java.util.LinkedHashMap;
import java.util.Map;

/** Settings of the servers in a world. Durability is as in production: nothing is switched off. */
public final class DatabaseSettings {
  private DatabaseSettings() {}

  /** For the application's database, primary and standby alike. */
  public static Map<String, String> application() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("shared_buffers", "64MB");
    settings.put("max_connections", "80");
    settings.put("wal_level", "logical");
    settings.put("max_wal_senders", "16");
    settings.put("max_replication_slots", "16");
    settings.put("hot_standby", "on");
    settings.put("wal_log_hints", "on");
    settings.put("track_commit_timestamp", "on");
    settings.put("wal_sender_timeout", "5s");
    settings.put("wal_receiver_timeout", "5s");
    settings.put("wal_receiver_status_interval", "1s");
    settings.put("wal_retrieve_retry_interval", "1s");
    settings.put("max_slot_wal_keep_size", "2GB");
    settings.put("max_wal_size", "512MB");
    settings.put("log_line_prefix", "%m [%p] %a ");
    return settings;
  }

  /** For Farshore's own state. */
  public static Map<String, String> own() {
    return Map.of(
        "shared_buffers", "16MB",
        "max_connections", "30",
        "max_wal_senders", "0",
        "wal_level", "minimal",
        "max_wal_size", "64MB",
        "log_line_prefix", "%m [%p] %a ");
  }
}
