package io.farshore.client;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.UncheckedIOException;

/**
 * How Farshore writes and reads JSON everywhere: RFC 3339 instants, ISO 8601 durations, nothing
 * after the value. What is absent is left out. A field of a record that is not {@code @Nullable}
 * must be there, except lists and maps, which are empty when absent.
 */
public final class FarshoreJson {
  private FarshoreJson() {}

  /** Reads what other programs wrote: fields it does not know are ignored. */
  public static ObjectMapper lenient() {
    return configure(new ObjectMapper()).disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  }

  /**
   * Reads what people wrote: a field it does not know is an error, because it is a typing error.
   */
  public static ObjectMapper strict() {
    return configure(new ObjectMapper()).enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  }

  /** Applies the rules of this class, except for unknown fields, to {@code mapper}. */
  public static ObjectMapper configure(ObjectMapper mapper) {
    AnnotationIntrospector present = mapper.getDeserializationConfig().getAnnotationIntrospector();
    mapper
        .registerModule(new JavaTimeModule())
        .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
        .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);
    if (!(present instanceof RequiredComponents)) {
      mapper.setAnnotationIntrospector(
          present.getClass() == JacksonAnnotationIntrospector.class
              ? new RequiredComponents()
              : AnnotationIntrospector.pair(new RequiredComponents(), present));
    }
    return mapper;
  }

  /** The value as JSON text. */
  public static String write(ObjectMapper mapper, Object value) {
    try {
      return mapper.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
