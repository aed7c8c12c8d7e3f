package io.farshore.failover.control;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.Epoch;
import io.farshore.kernel.Lsn;
import io.farshore.kernel.MemberId;
import io.farshore.kernel.RegionId;
import io.farshore.kernel.Timeline;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.util.function.Function;

/**
 * The stored and travelling form of what members agree on: JSON, so that a log can be read by a
 * person; identifiers as plain text. A reader skips fields it does not know, so that a newer member
 * may add some. Thread-safe.
 */
public final class ControlJson {
  private final ObjectMapper mapper =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addModule(identifiers())
          .visibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          // Snapshots must be equal on every member, and maps have no order of their own.
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(DeserializationFeature.USE_LONG_FOR_INTS)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  public byte[] write(Object value) {
    try {
      return mapper.writeValueAsBytes(value);
    } catch (IOException impossible) {
      // Writing to memory fails only for a type that cannot be written: a defect.
      throw new UncheckedIOException(impossible);
    }
  }

  /**
   * Reads one value.
   *
   * @throws IllegalArgumentException if the bytes do not hold one
   */
  public <T> T read(byte[] json, Class<T> type) {
    try {
      T value = mapper.readValue(json, type);
      if (value == null) {
        throw new IllegalArgumentException("nothing where a value is needed");
      }
      return value;
    } catch (IOException malformed) {
      throw new IllegalArgumentException("not the expected JSON", malformed);
    }
  }

  private static SimpleModule identifiers() {
    SimpleModule module = new SimpleModule("farshore-identifiers");
    text(module, ApplicationId.class, ApplicationId::new);
    text(module, MemberId.class, MemberId::new);
    text(module, RegionId.class, RegionId::new);
    text(module, Lsn.class, Lsn::parse);
    text(module, Epoch.class, value -> new Epoch(Long.parseLong(value)));
    text(module, Timeline.class, value -> new Timeline(Long.parseLong(value)));
    return module;
  }

  private static <T> void text(SimpleModule module, Class<T> type, Function<String, T> parse) {
    module.addSerializer(type, new TextSerializer<>(type));
    module.addDeserializer(type, new TextDeserializer<>(type, parse));
  }

  private static final class TextSerializer<T> extends StdSerializer<T> {
    @Serial private static final long serialVersionUID = 1L;

    TextSerializer(Class<T> type) {
      super(type);
    }

    @Override
    public void serialize(T value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(value.toString());
    }
  }

  private static final class TextDeserializer<T> extends StdDeserializer<T> {
    @Serial private static final long serialVersionUID = 1L;
    private final transient Function<String, T> parse;

    TextDeserializer(Class<T> type, Function<String, T> parse) {
      super(type);
      this.parse = parse;
    }

    @Override
    public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
      return parse.apply(json.getValueAsString(""));
    }
  }
}
