package io.farshore.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SeriesTest {
  @Test
  void medianOfAnEvenNumberLiesBetweenTheMiddleTwo() {
    Series series = new Series("x", "s", List.of(4.0, 1.0, 3.0, 2.0));

    assertThat(series.median()).isEqualTo(2.5, within(1e-9));
    assertThat(series.min()).isEqualTo(1.0, within(1e-9));
    assertThat(series.max()).isEqualTo(4.0, within(1e-9));
  }

  @Test
  void reportEndsWithOneLineOfFlatJson() {
    Report report =
        new Report(
            List.of(new Series("x", "s", List.of(1.0))),
            List.of("a note"),
            Map.of("rto_median_s", 4.1),
            List.of());

    assertThat(report.text().strip().lines().toList().getLast())
        .isEqualTo("{\"rto_median_s\":4.1}");
  }
}
