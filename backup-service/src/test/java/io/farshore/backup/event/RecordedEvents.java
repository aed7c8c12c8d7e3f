package io.farshore.backup.event;

import io.farshore.kernel.ErrorCategory;
import io.farshore.kernel.ErrorCode;
import io.farshore.kernel.FarshoreException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Keeps what was told; takes what it has room for. */
public final class RecordedEvents implements EventTeller {
  public static final ErrorCode FULL = ErrorCode.retryable("outbox-full", ErrorCategory.EXHAUSTED);

  private final List<BackupEvent> events = new CopyOnWriteArrayList<>();
  private volatile Predicate<String> taken = type -> true;

  /** From now on only events of these types are taken. */
  public void takeOnly(Predicate<String> types) {
    taken = types;
  }

  public void takeNothing() {
    takeOnly(type -> false);
  }

  public void takeAll() {
    takeOnly(type -> true);
  }

  @Override
  public void tell(BackupEvent event) {
    if (!taken.test(event.type())) {
      throw new FarshoreException(FULL, "The outbox is full");
    }
    events.add(event);
  }

  /** In the order in which they were told. */
  public List<BackupEvent> events() {
    return events;
  }

  public List<String> types() {
    return events.stream().map(BackupEvent::type).toList();
  }

  /** Whom each event names, and the trace it is of. */
  public List<Origin> origins() {
    return events.stream()
        .map(
            event ->
                new Origin(
                    Optional.ofNullable((String) event.data().get("actor")), event.traceparent()))
        .toList();
  }
}
