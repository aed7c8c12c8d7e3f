package io.farshore.gateway.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.farshore.client.FarshoreJson;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventLineTest {
  private final ObjectMapper json = FarshoreJson.lenient();

  @Test
  void a_step_names_itself_and_its_regions_and_keeps_people_to_itself() throws Exception {
    EventLine line =
        line(
            """
            {"id": "e1", "time": "2026-11-21T15:25:23.5Z", "subject": "applications/ledger",
             "type": "io.farshore.failover.step.completed.v1",
             "source": "/regions/us-east/failover-service",
             "data": {"step": "promote", "from": "us-east", "to": "eu-west", "kind": "switchover",
                      "epoch": 2, "actor": "ann@example.org", "trigger": "ann@example.org",
                      "directory": "/srv", "remote": "10.0.0.1:5", "reason": "because"}}
            """);

    assertThat(line.type()).isEqualTo("io.farshore.failover.step.completed.v1");
    assertThat(line.particulars())
        .isEqualTo(
            Map.of(
                "step",
                "promote",
                "from",
                "us-east",
                "to",
                "eu-west",
                "kind",
                "switchover",
                "epoch",
                "2"));
  }

  @Test
  void what_is_long_is_cut_and_what_is_no_plain_value_is_left_out() throws Exception {
    String endless = "x".repeat(10_000);
    EventLine line =
        line(
            """
            {"id": "%1$s", "subject": "%1$s",
             "data": {"step": "%1$s", "region": {"a": "b"}, "level": ["c"], "code": null}}
            """
                .formatted(endless));

    assertThat(line.id()).hasSize(200);
    assertThat(line.subject()).hasSize(200);
    assertThat(line.particulars()).containsOnlyKeys("step");
    assertThat(line.particulars().get("step")).hasSize(64);
  }

  @Test
  void json_that_is_no_event_is_an_empty_line() throws Exception {
    assertThat(line("[1]")).isEqualTo(new EventLine("", "", "", "", "", Map.of()));
  }

  private EventLine line(String event) throws JsonProcessingException {
    return EventLine.of(json.readTree(event));
  }
}
