package io.farshore.quarkus.log;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * A logger for lines that people search and machines count: the message is always the same words,
 * what it is about comes as fields. Thread-safe.
 *
 * <pre>{@code
 * LOG.with("application", id).with("error", reason).warn("The database does not answer");
 * }</pre>
 *
 * <p>Keys have one meaning in the whole product: {@code application}, {@code component}, {@code
 * epoch}, {@code executionId}, {@code step}, {@code runId}, {@code restoreId}, {@code
 * recoveryPointId}, {@code copy}, {@code lsn}, {@code traceId}, {@code error}. The region and the
 * service are in every line by themselves.
 */
public final class KeyedLog {
  private static final Set<String> TRACE = Set.of("traceId", "spanId", "sampled", "parentId");

  private final Logger logger;

  private KeyedLog(Logger logger) {
    this.logger = logger;
  }

  /** The log of a class. */
  public static KeyedLog of(Class<?> owner) {
    return new KeyedLog(Logger.getLogger(owner));
  }

  /** A log of this name. */
  public static KeyedLog of(String name) {
    return new KeyedLog(Logger.getLogger(name));
  }

  /** Begins a line; a value that is absent leaves its field out. */
  public Line with(String key, @Nullable Object value) {
    return new Line().with(key, value);
  }

  /** Begins a line with these fields. */
  public Line with(Map<String, ?> fields) {
    Line line = new Line();
    fields.forEach(line::with);
    return line;
  }

  public void info(String message) {
    new Line().info(message);
  }

  public void warn(String message) {
    new Line().warn(message);
  }

  public void error(String message) {
    new Line().error(message);
  }

  /** A line being put together; not for use by several threads. */
  public final class Line {
    private final Map<String, String> fields = new LinkedHashMap<>();
    private @Nullable Throwable cause;
    private boolean traced = true;

    private Line() {}

    public Line with(String key, @Nullable Object value) {
      if (value != null) {
        fields.put(key, value.toString());
      }
      return this;
    }

    /** Adds a stack trace. */
    public Line because(Throwable thrown) {
      cause = thrown;
      return this;
    }

    /** The line does not belong to the trace of whatever this thread works for. */
    public Line untraced() {
      traced = false;
      return this;
    }

    public void debug(String message) {
      log(Level.DEBUG, message);
    }

    public void info(String message) {
      log(Level.INFO, message);
    }

    public void warn(String message) {
      log(Level.WARN, message);
    }

    public void error(String message) {
      log(Level.ERROR, message);
    }

    private void log(Level level, String message) {
      if (!logger.isEnabled(level)) {
        return;
      }
      Map<String, Object> before = new LinkedHashMap<>();
      if (!traced) {
        TRACE.forEach(key -> replace(key, null, before));
      }
      fields.forEach((key, value) -> replace(key, value, before));
      try {
        logger.log(level, message, cause);
      } finally {
        fields.keySet().forEach(MDC::remove);
        before.forEach(MDC::put);
      }
    }

    private static void replace(String key, @Nullable String value, Map<String, Object> before) {
      Object old = MDC.get(key);
      if (old != null) {
        before.putIfAbsent(key, old);
      }
      if (value == null) {
        MDC.remove(key);
      } else {
        MDC.put(key, value);
      }
    }
  }
}
