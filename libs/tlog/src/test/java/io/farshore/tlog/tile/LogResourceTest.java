package io.farshore.tlog.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.farshore.kernel.FarshoreException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogResourceTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 256, tile/0/000",
    "0, 1234067, 256, tile/0/x001/x234/067",
    "1, 17, 1, tile/1/017.p/1",
    "63, 999, 255, tile/63/999.p/255",
    "2, 1000, 112, tile/2/x001/000.p/112",
    "0, 36028797018963967, 256, tile/0/x036/x028/x797/x018/x963/967"
  })
  void hashTilesHaveTheSpecificationsPaths(int level, long index, int width, String path) {
    HashTile tile = new HashTile(level, index, width);

    assertThat(tile.path()).isEqualTo(path);
    assertThat(LogResource.parse(path)).contains(tile);
  }

  @Test
  void theSpecificationsExampleOf70000EntriesHasItsTiles() {
    long size = 70_000;

    assertThat(HashTile.in(size, 0, 272)).isEqualTo(new HashTile(0, 272, 256));
    assertThat(HashTile.in(size, 0, 273)).isEqualTo(new HashTile(0, 273, 112));
    assertThat(HashTile.in(size, 1, 0)).isEqualTo(new HashTile(1, 0, 256));
    assertThat(HashTile.in(size, 1, 1)).isEqualTo(new HashTile(1, 1, 17));
    assertThat(HashTile.in(size, 2, 0)).isEqualTo(new HashTile(2, 0, 1));
    assertThat(HashTile.hashes(3, size)).isZero();
    assertThat(EntryBundle.in(size, 273).path()).isEqualTo("tile/entries/273.p/112");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tile/0/0",
        "tile/0/1000",
        "tile/00/000",
        "tile/64/000",
        "tile/-1/000",
        "tile/0/x000/001",
        "tile/0/001.p/0",
        "tile/0/001.p/256",
        "tile/0/001.p/999",
        "tile/0/001.p/01",
        "tile/0/001.p/",
        "tile/0/001/",
        "/tile/0/001",
        "tile/0/../../etc",
        "tile/entry/001",
        "tile/0/x001",
        "checkpoint",
        "tile/0/x999/x999/x999/x999/x999/x999/999",
        "tile/0/00\u0661"
      })
  void otherPathsAreNone(String path) {
    assertThat(LogResource.parse(path)).isEmpty();
  }

  @Test
  void entriesAreReadBackAndTornBundlesRefused() {
    List<byte[]> entries = List.of(new byte[0], new byte[] {1, 2}, new byte[65_535]);
    byte[] encoded = EntryBundle.encode(entries);

    assertThat(EntryBundle.decode(encoded, 3))
        .usingElementComparator(Arrays::compare)
        .containsExactlyElementsOf(entries);
    assertThat(EntryBundle.decode(encoded, 1)).hasSize(1);
    for (int length : new int[] {1, 3, 5, 6, 100, encoded.length - 1}) {
      byte[] torn = Arrays.copyOf(encoded, length);
      assertThatExceptionOfType(FarshoreException.class)
          .isThrownBy(() -> EntryBundle.decode(torn, 3));
    }
    assertThatExceptionOfType(FarshoreException.class)
        .isThrownBy(() -> EntryBundle.encode(List.of(new byte[65_536])));
  }
}
