package io.farshore.vault.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.farshore.kernel.FarshoreException;
import io.farshore.vault.VaultErrors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelativePathTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"PG_VERSION", "base/1/1259", "base/1/1259_fsm", "a/..b/c..", "...", "übung"})
  void plain_paths_pass(String path) {
    assertThat(RelativePath.require(path)).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/etc/passwd",
        "..",
        "../x",
        "a/../b",
        "a/..",
        ".",
        "./a",
        "a/.",
        "a//b",
        "a/",
        "a\\..\\b",
        "a\u0000b",
        "a\nb",
        "\u007f"
      })
  void paths_that_could_lead_elsewhere_are_refused(String path) {
    refused(path);
  }

  @Test
  void a_path_longer_than_postgresql_can_open_is_refused() {
    refused("a".repeat(RelativePath.PATH_CHARS_MAX + 1));
  }

  private static void refused(String path) {
    assertThatThrownBy(() -> RelativePath.require(path))
        .isInstanceOfSatisfying(
            FarshoreException.class, e -> assertThat(e.code()).isEqualTo(VaultErrors.PATH_REFUSED));
  }
}
