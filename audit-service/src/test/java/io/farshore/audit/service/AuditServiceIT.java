package io.farshore.audit.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.farshore.audit.event.Events;
import io.farshore.audit.log.LoggedEvents;
import io.farshore.contracts.event.EventTypes;
import io.farshore.testing.event.EventDocument;
import io.farshore.testing.event.PublishedEvent;
import io.farshore.testing.service.Broker;
import io.farshore.tlog.checkpoint.LogCheckpoint;
import io.farshore.tlog.note.VerifierKey;
import io.farshore.tlog.proof.TlogProof;
import io.farshore.tlog.tile.LogFiles;
import io.farshore.tlog.tile.LogReader;
import io.farshore.tlog.verify.LogVerification;
import io.farshore.tlog.verify.VerificationReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service with a real broker, through its bad days. */
class AuditServiceIT {
  @TempDir private Path directory;

  private final ObjectMapper json = new ObjectMapper();
  private Broker broker;
  private ServiceProcess service;

  @BeforeEach
  void start() throws Exception {
    broker = Broker.start(directory.resolve("broker"));
    service =
        new ServiceProcess(Files.createDirectory(directory.resolve("service")), broker.port());
  }

  @AfterEach
  void stop() throws Exception {
    service.close();
    broker.close();
  }

  @Test
  void theSameEventTwiceIsOneEntryAndReadersGetIt() throws Exception {
    // Told through the broker like any other event, so it comes at a time of its own.
    ServiceProcess.await("the service's own start is published", () -> has("process.started.v1"));
    try (EventSender sender = new EventSender(broker.port())) {
      sender.send(List.of(Events.applicationDeclared("a"), Events.applicationDeclared("a")));
      sender.send(List.of(Events.applicationDeclared("b")), "application/json");
      awaitDrained();
    }
    awaitEntries(Set.of("a", "b"));

    JsonNode page = json.readTree(service.get("/v1/entries?limit=3", "auditor").body());
    assertThat(page.at("/items/0/eventType").asText())
        .isEqualTo("io.farshore.audit.log.started.v1");
    assertThat(page.at("/items/2/eventId").asText()).isEqualTo("a");
    assertThat(page.at("/items/2/subject").asText()).isEqualTo("applications/ledger");
    assertThat(page.at("/items/2/record/class_uid").asInt()).isEqualTo(3004);
    String next = page.get("continueToken").asText();
    JsonNode second =
        json.readTree(service.get("/v1/entries?limit=500&continue=" + next, "auditor").body());
    assertThat(second.at("/items/0/eventId").asText()).isEqualTo("b");
    assertThat(second.at("/items/0/index").asLong()).isEqualTo(3);
    assertThat(second.has("continueToken")).isFalse();
    ServiceProcess.await(
        "the reads are published", () -> String.join("", read()).contains("entries.read.v1"));
    JsonNode newest =
        json.readTree(service.get("/v1/entries?limit=1&order=newest", "auditor").body());
    assertThat(newest.at("/items/0/eventType").asText()).endsWith("entries.read.v1");
    assertThat(newest.at("/items/0/record/actor/user/name").asText()).isEqualTo("ada");
    assertThat(service.management("/q/metrics"))
        .contains("farshore_audit_duplicates_total 1.0", "farshore_audit_log_size");
  }

  @Test
  void anOutsiderVerifiesTheLogOverHttpWithTheSpecificationsPaths() throws Exception {
    List<byte[]> events = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      events.add(Events.applicationDeclared("e-" + i));
    }
    try (EventSender sender = new EventSender(broker.port())) {
      sender.send(events);
    }
    awaitEntries(Set.of("e-299"));

    VerifierKey key = VerifierKey.parse(text(service.get("/v1/log/vkey", "viewer")));
    HttpResponse<byte[]> note = service.get("/v1/log/checkpoint", "viewer");
    LogCheckpoint checkpoint = LogCheckpoint.open(note.body(), key);
    assertThat(key).isEqualTo(service.key());
    assertThat(checkpoint.size()).isGreaterThanOrEqualTo(301);
    assertThat(note.headers().firstValue("content-type")).contains("text/plain; charset=utf-8");
    HttpResponse<byte[]> tile = service.get("/v1/log/tile/0/000", "auditor");
    assertThat(tile.body()).hasSize(8192);
    assertThat(tile.headers().firstValue("cache-control").orElse("")).contains("immutable");
    assertThat(service.get("/v1/log/tile/entries/000", "auditor").statusCode()).isEqualTo(200);
    TlogProof proof = TlogProof.parse(service.get("/v1/entries/17/proof", "auditor").body());
    assertThat(proof.proves(entries().get(17).getBytes(StandardCharsets.UTF_8), key)).isTrue();
    for (String absent :
        List.of("tile/0/001", "tile/0/000.p/300", "tile/9/000", "tile/0/../checkpoint", "tile/x")) {
      assertThat(service.get("/v1/log/" + absent, "auditor").statusCode())
          .as(absent)
          .isEqualTo(404);
    }
  }

  @Test
  void onlyAuditorsReadContentAndGarbageInRequestsIsRefused() throws Exception {
    for (String content :
        List.of(
            "/v1/entries",
            "/v1/log/tile/entries/000.p/1",
            "/v1/log/tile/0/000.p/1",
            "/v1/entries/0/proof")) {
      assertThat(service.get(content).statusCode()).isEqualTo(401);
      assertThat(service.get(content, "viewer", "operator", "approver", "service").statusCode())
          .isEqualTo(403);
      assertThat(service.get(content, "auditor").statusCode()).as(content).isEqualTo(200);
    }
    assertThat(service.get("/v1/log/checkpoint").statusCode()).isEqualTo(401);
    for (String garbage :
        List.of(
            "limit=0",
            "limit=501",
            "limit=-1",
            "limit=x",
            "continue=x",
            "continue=-1",
            "continue=99999999999999999999",
            "order=best")) {
      HttpResponse<byte[]> refused = service.get("/v1/entries?" + garbage, "auditor");
      assertThat(refused.statusCode()).as(garbage).isEqualTo(400);
      assertThat(json.readTree(refused.body()).get("code").asText()).isNotEmpty();
    }
    ServiceProcess.await("the readings are published", () -> readings().size() >= 2);
    assertThat(EventDocument.ofRepository().differences("io.farshore.audit.entries.", readings()))
        .isEmpty();
    assertThat(service.get("/v1/entries?continue=999999", "auditor").statusCode()).isEqualTo(200);
    assertThat(service.get("/v1/entries/999999/proof", "auditor").statusCode()).isEqualTo(404);
  }

  @Test
  void garbageGoesToTheDeadLettersAndDoesNotStopTheOthers() throws Exception {
    try (EventSender sender = new EventSender(broker.port())) {
      sender.send(
          List.of(
              "{garbage".getBytes(StandardCharsets.UTF_8),
              Events.applicationDeclared("after"),
              new byte[] {0, 1, 2, (byte) 0xFF}));
      sender.send(List.of("[1]".getBytes(StandardCharsets.UTF_8)), "application/json");
      sender.sendText("not an event");
    }
    awaitEntries(Set.of("after"));
    ServiceProcess.await("dead letters", () -> broker.depth(Broker.DEAD_LETTERS) == 4);
    awaitDrained();
    ServiceProcess.await("the rejections are published", () -> rejections(read()) >= 4);

    assertThat(rejections(entries())).isEqualTo(4);
  }

  @Test
  void aBrokerThatGoesAndComesBackLosesNothing() throws Exception {
    int port = broker.port();
    try (EventSender sender = new EventSender(port)) {
      sender.send(List.of(Events.applicationDeclared("before")));
    }
    awaitEntries(Set.of("before"));
    broker.close();
    assertThat(service.get("/v1/log/checkpoint", "viewer").statusCode()).isEqualTo(200);
    broker = Broker.start(directory.resolve("broker"), port);

    try (EventSender sender = new EventSender(port)) {
      sender.send(
          List.of(Events.applicationDeclared("before"), Events.applicationDeclared("after")));
    }

    awaitEntries(Set.of("before", "after"));
    assertThat(entries()).filteredOn(entry -> entry.contains("\"uid\":\"before\"")).hasSize(1);
  }

  @Test
  void aKilledServiceLosesNothingAndRepeatsNothing() throws Exception {
    Set<String> sent = new HashSet<>();
    try (EventSender sender = new EventSender(broker.port())) {
      for (int kill = 0; kill < 3; kill++) {
        List<byte[]> events = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
          String id = "k" + kill + "-" + i;
          sent.add(id);
          events.add(Events.applicationDeclared(id));
        }
        sender.send(events);
        String midWay = "k" + kill + "-50";
        ServiceProcess.await(midWay, () -> journalOrLogHas(midWay));
        service.kill();
        service.restart();
      }
    }
    awaitEntries(sent);
    awaitDrained();
    service.terminate();

    List<String> entries = entries();
    for (String id : sent) {
      assertThat(entries).filteredOn(entry -> entry.contains("\"uid\":\"" + id + "\"")).hasSize(1);
    }
    assertThat(entries).filteredOn(entry -> entry.contains("log.started.v1")).hasSize(4);
    assertThat(entries.getLast()).contains("log.stopped.v1");
  }

  @Test
  void theServiceRefusesToStartOverAKeyOthersCanReadOrALogThatWasChanged() throws Exception {
    service.terminate();
    Path entries;
    try (var files = Files.walk(service.logDirectory().resolve("tile/entries"))) {
      entries = files.filter(Files::isRegularFile).max(Path::compareTo).orElseThrow();
    }
    byte[] content = Files.readAllBytes(entries);
    byte[] changed = content.clone();
    changed[100] ^= 1;
    Files.write(entries, changed);
    assertThat(service.failedStart(""))
        .startsWith("exit 1")
        .contains("log-damaged", "tile/entries");

    Files.write(entries, content);
    Files.setPosixFilePermissions(service.keyFile(), PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(service.failedStart(""))
        .startsWith("exit 1")
        .contains("farshore.log.signing-key-file", "open to other users");

    assertThat(service.failedStart("farshore.log.signing-key-file=/nowhere/key.pem"))
        .contains("farshore.log.signing-key-file", "There is no such key file");
  }

  private void awaitDrained() throws InterruptedException {
    ServiceProcess.await("the queue is empty", () -> broker.depth(Broker.AUDIT_QUEUE) == 0);
  }

  private void awaitEntries(Set<String> ids) throws InterruptedException {
    ServiceProcess.await("entries", () -> published().containsAll(ids));
  }

  private boolean journalOrLogHas(String id) {
    try (var files = Files.walk(service.logDirectory())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Files.readString(file, StandardCharsets.ISO_8859_1)
            .contains("\"uid\":\"" + id + "\"")) {
          return true;
        }
      }
    } catch (IOException | UncheckedIOException beingReplaced) {
      return false;
    }
    return false;
  }

  private Set<String> published() {
    Set<String> ids = new HashSet<>();
    for (String entry : read()) {
      try {
        ids.add(json.readTree(entry).at("/metadata/uid").asText());
      } catch (IOException notARecord) {
        throw new AssertionError(notARecord);
      }
    }
    return ids;
  }

  private List<String> entries() {
    VerificationReport report = LogVerification.verify(service.logDirectory(), service.key());
    assertThat(report.findings()).isEmpty();
    return read();
  }

  private static long rejections(List<String> entries) {
    return entries.stream().filter(entry -> entry.contains("event.rejected.v1")).count();
  }

  private List<PublishedEvent> readings() {
    return read().stream()
        .map(LoggedEvents::of)
        .filter(event -> event.type().equals(EventTypes.AUDIT_ENTRIES_READ))
        .toList();
  }

  private boolean has(String eventType) {
    return LogFiles.of(service.logDirectory()).readCheckpoint().isPresent()
        && String.join("", read()).contains(eventType);
  }

  private List<String> read() {
    LogFiles files = LogFiles.of(service.logDirectory());
    long size = LogCheckpoint.open(files.readCheckpoint().orElseThrow(), service.key()).size();
    return new LogReader(files, size)
        .entries(0, (int) size).stream()
            .map(entry -> new String(entry, StandardCharsets.UTF_8))
            .toList();
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }
}
