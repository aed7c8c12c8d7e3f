package io.farshore.vault.manifest;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.farshore.vault.copy.ObjectName;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Name of a recovery point, unique for ever.
 *
 * @param value a UUID in its canonical lower-case form; time-ordered, so that names sort by age
 */
public record RecoveryPointId(@JsonValue String value) implements Comparable<RecoveryPointId> {
  /** Folder of all manifests in a copy. */
  public static final String FOLDER = "manifests";

  private static final String SUFFIX = ".manifest";
  private static final Pattern FORM =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  @JsonCreator
  public RecoveryPointId {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("a recovery point is named by a lower-case UUID");
    }
  }

  public static RecoveryPointId of(UUID uuid) {
    return new RecoveryPointId(uuid.toString());
  }

  /** The recovery point whose manifest an object is, or empty if it is none. */
  public static Optional<RecoveryPointId> of(ObjectName object) {
    String name = object.value();
    if (!name.startsWith(FOLDER + "/") || !name.endsWith(SUFFIX)) {
      return Optional.empty();
    }
    String id = name.substring(FOLDER.length() + 1, name.length() - SUFFIX.length());
    return FORM.matcher(id).matches() ? Optional.of(new RecoveryPointId(id)) : Optional.empty();
  }

  /** Where its manifest lies. */
  public ObjectName object() {
    return new ObjectName(FOLDER + "/" + value + SUFFIX);
  }

  @Override
  public int compareTo(RecoveryPointId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
