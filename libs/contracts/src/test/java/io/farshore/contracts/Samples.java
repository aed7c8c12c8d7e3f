package io.farshore.contracts;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The same sample of a record each time: every field set, or only those that must be. */
final class Samples {
  private final boolean complete;

  Samples(boolean complete) {
    this.complete = complete;
  }

  Object of(Class<?> record) {
    RecordComponent[] components = record.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    @Nullable Object[] values = Arrays.stream(components).map(this::value).toArray();
    try {
      return record.getDeclaredConstructor(types).newInstance(values);
    } catch (InvocationTargetException
        | NoSuchMethodException
        | InstantiationException
        | IllegalAccessException e) {
      throw new IllegalStateException(record.getName(), e);
    }
  }

  private @Nullable Object value(RecordComponent component) {
    if (!complete && component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
      return null;
    }
    return value(component.getName(), component.getGenericType());
  }

  private Object value(String name, Type type) {
    if (type instanceof TypeVariable<?>) {
      return "item";
    }
    if (type instanceof ParameterizedType parameterized) {
      Type[] arguments = parameterized.getActualTypeArguments();
      return parameterized.getRawType() == List.class
          ? List.of(value(name, arguments[0]))
          : Map.of("key", value(name, arguments[1]));
    }
    Class<?> raw = (Class<?>) type;
    if (raw.isRecord()) {
      return of(raw);
    }
    return scalar(name, raw);
  }

  private static Object scalar(String name, Class<?> type) {
    if (type == String.class || type == Object.class) {
      return name;
    }
    if (type == Instant.class) {
      return Instant.parse("2026-11-21T03:00:00.123456Z");
    }
    if (type == Duration.class) {
      return Duration.ofMillis(1500);
    }
    if (type == long.class || type == Long.class) {
      return 9_007_199_254_740_993L;
    }
    if (type == int.class || type == Integer.class) {
      return 42;
    }
    if (type == double.class || type == Double.class) {
      return 0.25;
    }
    if (type == boolean.class || type == Boolean.class) {
      return true;
    }
    throw new IllegalStateException("no sample of " + type + ": add one");
  }
}
