package io.farshore.quarkus.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.farshore.client.FarshoreJson;
import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.IdGenerator;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets a command be sent twice and be done once ({@code Idempotency-Key}). A stored answer is given
 * again to the same subject, route, key and body; another body under a used key is refused (422),
 * and so is a second request while the first is under way (409). A key is remembered for a day,
 * also across restarts. A command that fails stores nothing: it may be sent again.
 *
 * <p>Each key has one operation id, also when the process died between accepting the command and
 * storing its answer. A command that gives its work that id can see that it has begun already.
 */
@ApplicationScoped
public class IdempotentCommands {
  /** The header's name. */
  public static final String HEADER = "Idempotency-Key";

  private static final Pattern KEY_FORM = Pattern.compile("[\\x21-\\x7E]{1,128}");

  private final AnswerStore store;
  private final IdGenerator ids;
  private final Clock clock;
  private final RoutingContext request;
  private final ObjectMapper canonical =
      FarshoreJson.lenient().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  @Inject
  IdempotentCommands(AnswerStore store, IdGenerator ids, Clock clock, RoutingContext request) {
    this.store = store;
    this.ids = ids;
    this.clock = clock;
    this.request = request;
  }

  /**
   * Runs {@code command} unless its answer is stored. Blocks as long as the command does.
   *
   * @param key the {@code Idempotency-Key} header's value; absent: refused (400)
   * @param body the request's body, which the key stands for
   * @param command given the operation id; answers what to tell the caller
   */
  public Response run(@Nullable String key, Object body, Function<String, CommandAnswer> command) {
    AnswerStore.Slot slot = begin(key, body);
    if (slot.answer() != null) {
      return response(slot.answer());
    }
    CommandAnswer answer;
    try {
      answer = command.apply(slot.operationId());
      store.complete(slot, stored(answer));
    } catch (RuntimeException e) {
      store.release(slot);
      throw e;
    }
    return response(stored(answer));
  }

  /** As {@link #run}, for commands that do not block. Storing still writes to the disk. */
  public Uni<Response> runAsync(
      @Nullable String key, Object body, Function<String, Uni<CommandAnswer>> command) {
    AnswerStore.Slot slot = begin(key, body);
    if (slot.answer() != null) {
      return Uni.createFrom().item(response(slot.answer()));
    }
    return Uni.createFrom()
        .deferred(() -> command.apply(slot.operationId()))
        .map(
            answer -> {
              AnswerStore.StoredAnswer stored = stored(answer);
              store.complete(slot, stored);
              return response(stored);
            })
        .onFailure()
        .invoke(() -> store.release(slot))
        .onCancellation()
        .invoke(() -> store.release(slot));
  }

  private AnswerStore.Slot begin(@Nullable String key, Object body) {
    if (key == null || key.isBlank()) {
      throw new FarshoreException(
          IdempotencyErrors.KEY_MISSING,
          "This command needs an Idempotency-Key header: any text that is new for each command",
          Map.of("header", HEADER));
    }
    if (!KEY_FORM.matcher(key).matches()) {
      throw new FarshoreException(
          IdempotencyErrors.KEY_INVALID,
          "Idempotency-Key must be 1 to 128 printable ASCII characters without spaces",
          Map.of("header", HEADER));
    }
    String subject = request.user() == null ? "" : request.user().subject();
    String route = request.request().method() + " " + request.normalizedPath();
    String digest = Digests.sha256(json(body));
    return store.begin(
        Digests.sha256(subject + "\n" + route + "\n" + key),
        digest,
        clock.instant(),
        () -> ids.next().toString());
  }

  private AnswerStore.StoredAnswer stored(CommandAnswer answer) {
    return new AnswerStore.StoredAnswer(answer.status(), answer.location(), json(answer.body()));
  }

  private String json(Object value) {
    try {
      return canonical.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a command's body and answer must be JSON values", e);
    }
  }

  private static Response response(AnswerStore.StoredAnswer answer) {
    Response.ResponseBuilder builder =
        Response.status(answer.status())
            .type("application/json")
            .entity(answer.body().getBytes(StandardCharsets.UTF_8));
    if (answer.location() != null) {
      builder.header("Location", answer.location());
    }
    return builder.build();
  }
}
