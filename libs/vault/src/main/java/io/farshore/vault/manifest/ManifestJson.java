package io.farshore.vault.manifest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.Lsn;
import io.farshore.kernel.RegionId;
import io.farshore.kernel.Timeline;
import java.io.IOException;
import java.util.function.Function;

/**
 * JSON of manifests: fields in the order of the alphabet, kernel values as text. A field this
 * version does not know is passed over, so that a later one may add some.
 */
final class ManifestJson {
  private final JsonMapper mapper;

  ManifestJson() {
    SimpleModule kernel = new SimpleModule("farshore-kernel");
    text(kernel, ApplicationId.class, ApplicationId::new);
    text(kernel, RegionId.class, RegionId::new);
    text(kernel, Lsn.class, Lsn::parse);
    text(kernel, Timeline.class, value -> new Timeline(Long.parseLong(value)));
    mapper =
        JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(kernel)
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();
  }

  byte[] write(Object value) {
    try {
      return mapper.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a manifest is always JSON", e);
    }
  }

  /**
   * @throws IllegalArgumentException if the bytes are not such a value
   */
  <T> T read(byte[] json, Class<T> type) {
    try {
      T value = mapper.readValue(json, type);
      if (value == null) {
        throw new IllegalArgumentException("manifest is null");
      }
      return value;
    } catch (IOException e) {
      if (e.getCause() instanceof FarshoreException refusal) {
        throw refusal;
      }
      throw new IllegalArgumentException("not the JSON of a manifest", e);
    }
  }

  private static <T> void text(SimpleModule module, Class<T> type, Function<String, T> parse) {
    module.addSerializer(type, ToStringSerializer.instance);
    module.addDeserializer(type, new TextDeserializer<>(type, parse));
  }

  private static final class TextDeserializer<T> extends StdDeserializer<T> {
    private static final long serialVersionUID = 1L;
    private final transient Function<String, T> parse;

    TextDeserializer(Class<T> type, Function<String, T> parse) {
      super(type);
      this.parse = parse;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      try {
        return parse.apply(parser.getText());
      } catch (IllegalArgumentException e) {
        throw context.weirdStringException(parser.getText(), _valueClass, "malformed");
      }
    }
  }
}
