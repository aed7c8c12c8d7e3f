package io.farshore.client;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * Holds JSON to what the types already say: in a null-marked package a component of a record that
 * is not {@code @Nullable} may be neither absent nor null. Absent lists and maps become empty.
 */
final class RequiredComponents extends JacksonAnnotationIntrospector {
  private static final long serialVersionUID = 1L;

  @Override
  public @Nullable Boolean hasRequiredMarker(AnnotatedMember member) {
    Optional<RecordComponent> component = component(member);
    if (component.isEmpty()) {
      return super.hasRequiredMarker(member);
    }
    return component.map(c -> !mayBeNull(c.getAnnotatedType()) && !hasEmptyValue(c)).orElse(false);
  }

  @Override
  public JsonSetter.Value findSetterInfo(Annotated annotated) {
    Optional<RecordComponent> component = component(annotated);
    if (component.isEmpty() || mayBeNull(component.get().getAnnotatedType())) {
      return super.findSetterInfo(annotated);
    }
    return hasEmptyValue(component.get())
        ? JsonSetter.Value.construct(Nulls.AS_EMPTY, Nulls.FAIL)
        : JsonSetter.Value.forValueNulls(Nulls.FAIL);
  }

  private static Optional<RecordComponent> component(Annotated annotated) {
    if (!(annotated instanceof AnnotatedParameter parameter)) {
      return Optional.empty();
    }
    Class<?> type = parameter.getDeclaringClass();
    if (!type.isRecord() || !type.getPackage().isAnnotationPresent(NullMarked.class)) {
      return Optional.empty();
    }
    RecordComponent[] components = type.getRecordComponents();
    return parameter.getOwner().getParameterCount() == components.length
        ? Optional.of(components[parameter.getIndex()])
        : Optional.empty();
  }

  private static boolean mayBeNull(AnnotatedType type) {
    return type.isAnnotationPresent(Nullable.class);
  }

  private static boolean hasEmptyValue(RecordComponent component) {
    return Collection.class.isAssignableFrom(component.getType())
        || Map.class.isAssignableFrom(component.getType());
  }
}
