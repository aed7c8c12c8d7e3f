package io.farshore.failover.evidence;

import static io.farshore.failover.Fixtures.START;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EndpointHistoryTest {
  private static final int THRESHOLD = 3;

  @Test
  void threeFailuresInARowMakeItDown() {
    EndpointHistory up = EndpointHistory.NONE.afterSuccess(START);

    assertThat(failed(up, 2).health()).isEqualTo(Health.UP);
    assertThat(failed(up, 3).health()).isEqualTo(Health.DOWN);
  }

  @Test
  void successBetweenFailuresStartsTheCountAgain() {
    EndpointHistory up = EndpointHistory.NONE.afterSuccess(START);

    assertThat(failed(failed(up, 2).afterSuccess(START), 2).health()).isEqualTo(Health.UP);
  }

  @Test
  void firstFallIsForgivenAtOnce() {
    EndpointHistory fallen = failed(EndpointHistory.NONE.afterSuccess(START), 3);

    assertThat(fallen.afterSuccess(START).health()).isEqualTo(Health.UP);
  }

  @Test
  void eachFurtherFallTakesTwiceAsManySuccesses() {
    EndpointHistory history = EndpointHistory.NONE.afterSuccess(START);
    int[] needed = {1, 2, 4, 8, 16, 32, 32};
    for (int successes : needed) {
      history = failed(history, 3);
      assertThat(succeeded(history, successes - 1).health())
          .isEqualTo(successes == 0 ? Health.UP : Health.DOWN);
      history = succeeded(history, successes);
      assertThat(history.health()).isEqualTo(Health.UP);
    }
  }

  @Test
  void calmTimeForgetsTheFalls() {
    EndpointHistory twice = EndpointHistory.NONE.afterSuccess(START);
    twice = succeeded(failed(twice, 3), 1);
    twice = succeeded(failed(twice, 3), 2);

    EndpointHistory calm = succeeded(twice, EndpointHistory.CALM_SUCCESSES);

    assertThat(failed(calm, 3).afterSuccess(START).health()).isEqualTo(Health.UP);
  }

  private static EndpointHistory failed(EndpointHistory from, int times) {
    EndpointHistory history = from;
    for (int i = 0; i < times; i++) {
      history = history.afterFailure("refused", THRESHOLD);
    }
    return history;
  }

  private static EndpointHistory succeeded(EndpointHistory from, int times) {
    EndpointHistory history = from;
    for (int i = 0; i < times; i++) {
      history = history.afterSuccess(START);
    }
    return history;
  }
}
