package io.farshore.postgres.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farshore.kernel.Lsn;
import io.farshore.kernel.Timeline;
import org.junit.jupiter.api.Test;

class WalSegmentNameTest {
  private static final int SIZE = WalSegmentName.DEFAULT_SEGMENT_BYTES;

  @Test
  void a_position_lies_in_the_segment_postgresql_says() {
    // SELECT pg_walfile_name('16/B374D848') on timeline 1
    WalSegmentName name = WalSegmentName.holding(new Timeline(1), Lsn.parse("16/B374D848"), SIZE);
    assertThat(name.fileName()).isEqualTo("0000000100000016000000B3");
    assertThat(name.start()).isEqualTo(Lsn.parse("16/B3000000"));
    assertThat(name.end()).isEqualTo(Lsn.parse("16/B4000000"));
  }

  @Test
  void names_carry_over_after_four_gibibytes_whatever_the_size() {
    for (int size = 1 << 20; size > 0 && size <= 1 << 30; size <<= 1) {
      WalSegmentName last = WalSegmentName.holding(new Timeline(2), Lsn.parse("0/FFFFFFFF"), size);
      assertThat(last.next().start()).isEqualTo(Lsn.parse("1/0"));
      assertThat(WalSegmentName.parse(last.next().fileName(), size)).contains(last.next());
    }
  }

  @Test
  void what_is_not_a_segment_is_not_one() {
    assertThat(WalSegmentName.parse("00000002.history", SIZE)).isEmpty();
    assertThat(WalSegmentName.parse("000000010000000000000001.partial", SIZE)).isEmpty();
    assertThat(WalSegmentName.parse("000000010000000000000100", SIZE)).isEmpty();
    assertThat(WalSegmentName.parse("000000000000000000000001", SIZE)).isEmpty();
  }

  @Test
  void impossible_sizes_are_refused() {
    assertThatThrownBy(() -> new WalSegmentName(new Timeline(1), 0, 3 << 20))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
