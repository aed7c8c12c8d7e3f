package io.farshore.quarkus.problem;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.farshore.client.FarshoreJson;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;

/** Request bodies follow the same rules in every service. */
@Singleton
public class JsonRules implements ObjectMapperCustomizer {
  @Override
  public void customize(ObjectMapper mapper) {
    FarshoreJson.configure(mapper).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
  }
}
