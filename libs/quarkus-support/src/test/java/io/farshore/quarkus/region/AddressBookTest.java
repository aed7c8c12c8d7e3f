package io.farshore.quarkus.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.RegionId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressBookTest {
  private static final RegionId US = new RegionId("us-east");

  private final AddressBook book =
      AddressBook.of(
          Map.of(
              "us-east",
              Map.of("gateway", "http://127.0.0.1:8080/", "ledger-database", "127.0.0.1:5432"),
              "eu-west",
              Map.of("gateway", "https://gateway.eu-west.example")));

  @Test
  void knowsUrlsAndHostsWithPorts() {
    assertThat(book.regions()).containsExactly(new RegionId("eu-west"), US);
    assertThat(book.require(US, "gateway").resolve("/v1/routes"))
        .hasToString("http://127.0.0.1:8080/v1/routes");
    assertThat(book.require(US, "ledger-database").host()).isEqualTo("127.0.0.1");
    assertThat(book.require(US, "ledger-database").port()).isEqualTo(5432);
    assertThat(book.require(new RegionId("eu-west"), "gateway").port()).isEqualTo(443);
    assertThat(book.find(new RegionId("ap-south"), "gateway")).isEmpty();
  }

  @Test
  void aMissingEntryIsNamed() {
    assertThatExceptionOfType(FarshoreException.class)
        .isThrownBy(() -> book.require(US, "audit-service"))
        .satisfies(
            e ->
                assertThat(e.context())
                    .containsEntry("property", "farshore.endpoints.us-east.audit-service"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "ftp://x:1",
        "http://",
        "x:99999",
        "x:-1",
        "http://x:70000",
        "a b:1"
      })
  void anAddressThatIsNoneIsNamed(String address) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AddressBook.of(Map.of("us-east", Map.of("gateway", address))))
        .withMessageStartingWith("farshore.endpoints.us-east.gateway: ");
  }

  @Test
  void aRegionThatIsNoNameIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AddressBook.of(Map.of("US East", Map.of())))
        .withMessageStartingWith("farshore.endpoints.US East: ");
  }
}
