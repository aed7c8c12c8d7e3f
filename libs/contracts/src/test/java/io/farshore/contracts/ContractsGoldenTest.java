package io.farshore.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What was written by one version must be readable by the next. A golden file changes only when a
 * field is added; write it again with {@code -Dgolden.write=true} and look at the difference.
 */
class ContractsGoldenTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  private final ObjectMapper json =
      new ObjectMapper()
          .registerModule(new JavaTimeModule())
          .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  static List<Class<?>> records() {
    return ContractTypes.records();
  }

  @Test
  void thereAreRecords() {
    assertThat(records()).hasSizeGreaterThan(25).contains(Problem.class);
  }

  @ParameterizedTest
  @MethodSource("records")
  void isWrittenAsItWas(Class<?> record) throws IOException {
    String written = json.writeValueAsString(new Samples(true).of(record)) + "\n";
    Path golden =
        GOLDEN.resolve(record.getName().substring("io.farshore.contracts.".length()) + ".json");
    if (Boolean.getBoolean("golden.write")) {
      Files.createDirectories(GOLDEN);
      Files.writeString(golden, written);
    }
    assertThat(golden).as("a new record needs its golden file").exists();
    assertThat(written).isEqualTo(Files.readString(golden));
    assertThat(json.readValue(Files.readString(golden), record))
        .isEqualTo(new Samples(true).of(record));
  }

  @ParameterizedTest
  @MethodSource("records")
  void isReadWithoutWhatMayBeAbsentAndWithWhatIsNotKnown(Class<?> record) throws IOException {
    Object least = new Samples(false).of(record);
    ObjectNode node = json.valueToTree(least);
    node.put("addedByALaterVersion", 1);

    assertThat(json.treeToValue(node, record)).isEqualTo(least);
  }
}
