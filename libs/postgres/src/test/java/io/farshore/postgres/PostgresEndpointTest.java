package io.farshore.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PostgresEndpointTest {
  @Test
  void a_jdbc_url_gives_host_port_and_database() {
    PostgresEndpoint endpoint =
        PostgresEndpoint.ofJdbcUrl("jdbc:postgresql://db.example:6432/ledger?x=y", "guard", "pw");
    assertThat(endpoint).hasToString("guard@db.example:6432/ledger");
  }

  @Test
  void other_urls_are_refused() {
    assertThatThrownBy(() -> PostgresEndpoint.ofJdbcUrl("jdbc:mysql://h/d", "u", "p"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PostgresEndpoint.ofJdbcUrl("jdbc:postgresql://a,b/d", "u", "p"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void its_text_hides_the_password_and_its_conninfo_quotes_it() {
    PostgresEndpoint endpoint = PostgresEndpoint.of("h", 1, "d", "u", "it's \\ secret");
    assertThat(endpoint.toString()).doesNotContain("secret");
    assertThat(endpoint.toConninfo()).contains("password='it\\'s \\\\ secret'");
  }
}
