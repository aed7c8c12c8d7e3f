package io.farshore.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LsnTest {
  @ParameterizedTest
  @ValueSource(strings = {"0/0", "16/B374D848", "FFFFFFFF/FFFFFFFF", "0/1000000"})
  void readsBackWhatItWrites(String text) {
    assertThat(Lsn.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "1/", "/1", "1", "x/1", "1/-1", "123456789/0", "1/2/3", "+1/0"})
  void refusesWhatIsNotAPosition(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Lsn.parse(text));
  }

  @Test
  void ordersAsUnsigned() {
    assertThat(Lsn.parse("FFFFFFFF/0").isAfter(Lsn.parse("7FFFFFFF/0"))).isTrue();
  }

  @Test
  void countsBytesAcrossTheHighWord() {
    assertThat(Lsn.parse("1/0").bytesSince(Lsn.parse("0/FFFFFFFF"))).isEqualTo(1);
  }
}
