package io.farshore.testbed;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.farshore.testbed.identity.WorldIdentity;
import io.farshore.testbed.process.WorldProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code world.json}: where everything answers and lies, for people, scripts and {@code
 * farshorectl}. Names files with secrets and holds none.
 */
final class WorldFile {
  private static final List<String> ENDPOINTS =
      List.of(
          "gateway",
          "gateway-api",
          "gateway-management",
          "failover-service",
          "backup-service",
          "replication-service",
          "audit-service",
          "ledger");

  private WorldFile() {}

  static Path write(World world) throws IOException {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("pid", ProcessHandle.current().pid());
    content.put("directory", world.directory().toString());
    content.put("application", world.application());
    Map<String, String> tokens = new LinkedHashMap<>();
    for (String role : WorldIdentity.ROLES) {
      tokens.put(role, world.identity().tokenFile(role).toString());
    }
    content.put("tokenFiles", tokens);
    Map<String, Object> sites = new LinkedHashMap<>();
    for (Site site : world.sites()) {
      sites.put(site.name(), site(world, site));
    }
    content.put("sites", sites);
    ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    return Files.writeString(
        world.directory().resolve("world.json"), json.writeValueAsString(content));
  }

  private static Map<String, Object> site(World world, Site site) {
    boolean region = !site.equals(world.witness());
    Map<String, String> endpoints = new LinkedHashMap<>();
    for (String name : region ? ENDPOINTS : List.of("failover-service")) {
      endpoints.put(name, world.uri(site.name(), name).toString());
    }
    List<Map<String, Object>> processes = new ArrayList<>();
    for (WorldProcess process : site.processes()) {
      processes.add(
          Map.of("name", process.name(), "pid", process.pid(), "log", process.log().toString()));
    }
    return Map.of("endpoints", endpoints, "processes", processes);
  }
}
