package io.farshore.cli.service;

import com.fasterxml.jackson.databind.JavaType;
import io.farshore.cli.context.Context;
import io.farshore.cli.context.ContextErrors;
import io.farshore.client.Answer;
import io.farshore.client.ClientErrors;
import io.farshore.client.Request;
import io.farshore.client.ServiceClient;
import io.farshore.contracts.Page;
import io.farshore.kernel.ErrorCategory;
import io.farshore.kernel.FarshoreException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Asks services. A question any region can answer goes to one after the other until one does; a
 * question about every region goes to all. Not thread-safe.
 */
public final class Services implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final Context context;
  private final ServiceClient client;

  /**
   * An answer and where it came from.
   *
   * @param site the region
   * @param value the answer; absent if it failed
   * @param failure why
   */
  public record Answered<T>(String site, Optional<T> value, Optional<FarshoreException> failure) {}

  /**
   * @param role what the token used must allow
   */
  public Services(Context context, String role) {
    this.context = context;
    this.client = new ServiceClient(() -> token(context, role), Optional::empty);
  }

  private static String token(Context context, String role) {
    String file = context.tokenFile();
    if (file == null) {
      file = context.tokenFiles().get(role);
    }
    if (file == null) {
      throw new FarshoreException(
          ContextErrors.TOKEN_MISSING,
          "There is no token: set tokenFile in the context file, or use --token-file",
          Map.of("role", role));
    }
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      throw new FarshoreException(
          ContextErrors.TOKEN_MISSING,
          "The token's file cannot be read",
          Map.of("file", file, "error", String.valueOf(e.getMessage())),
          e);
    }
  }

  /** The application a command is about. */
  public String application(Optional<String> named) {
    return named
        .or(() -> Optional.ofNullable(context.application()))
        .orElseThrow(
            () ->
                new FarshoreException(
                    ContextErrors.APPLICATION_MISSING,
                    "Name the application: neither the command nor the context does"));
  }

  /** The sites that have {@code service}. */
  public List<String> sites(String service) {
    return context.sites().entrySet().stream()
        .filter(site -> site.getValue().endpoints().containsKey(service))
        .map(Map.Entry::getKey)
        .toList();
  }

  private URI uri(String site, String service, String path) {
    Context.Site known = context.sites().get(site);
    String base = known == null ? null : known.endpoints().get(service);
    if (base == null) {
      throw new FarshoreException(
          ContextErrors.ENDPOINT_MISSING,
          "The context has no endpoint of this service",
          Map.of("service", service, "region", site));
    }
    return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
  }

  /** What the first site that answers says. Only silence makes it go on to the next. */
  public <T> Answered<T> first(String service, String path, Class<T> type) {
    return first(service, site -> get(site, service, path, type));
  }

  /** As {@link #first(String, String, Class)}, for pages of {@code item}. */
  public <T> Answered<Page<T>> firstPage(String service, String path, Class<T> item) {
    return first(service, site -> getPage(site, service, path, item));
  }

  /** Sends a command to the first site that answers; the key makes that safe. */
  public <T> Answered<T> command(
      String service, String path, Object body, String key, Class<T> type) {
    return first(service, site -> command(site, service, path, body, key, type));
  }

  /** Sends a command to one site. */
  public <T> T command(
      String site, String service, String path, Object body, String key, Class<T> type) {
    return client.send(Request.post(uri(site, service, path), body, key), type).value();
  }

  public <T> T get(String site, String service, String path, Class<T> type) {
    return value(client.get(uri(site, service, path), type, TIMEOUT));
  }

  public <T> Page<T> getPage(String site, String service, String path, Class<T> item) {
    JavaType type = client.typeOf(Page.class, item);
    Answer<Page<T>> answer = client.get(uri(site, service, path), type, TIMEOUT);
    return value(answer);
  }

  /** What every site that has the service says, or why it does not. */
  public <T> List<Answered<T>> each(String service, Function<String, T> question) {
    List<Answered<T>> answers = new ArrayList<>();
    for (String site : sites(service)) {
      try {
        answers.add(new Answered<>(site, Optional.of(question.apply(site)), Optional.empty()));
      } catch (FarshoreException e) {
        answers.add(new Answered<>(site, Optional.empty(), Optional.of(e)));
      }
    }
    return answers;
  }

  private <T> Answered<T> first(String service, Function<String, T> question) {
    Map<String, String> silent = new LinkedHashMap<>();
    for (String site : sites(service)) {
      try {
        return new Answered<>(site, Optional.of(question.apply(site)), Optional.empty());
      } catch (FarshoreException e) {
        if (e.code().category() != ErrorCategory.UNAVAILABLE) {
          throw e;
        }
        silent.put(site, e.code().value());
      }
    }
    if (silent.isEmpty()) {
      throw new FarshoreException(
          ContextErrors.ENDPOINT_MISSING,
          "The context has no endpoint of this service",
          Map.of("service", service));
    }
    silent.put("service", service);
    throw new FarshoreException(
        ClientErrors.UNREACHABLE, "The service answers in no region", silent);
  }

  private static <T> T value(Answer<T> answer) {
    return answer.value();
  }

  @Override
  public void close() {
    client.close();
  }
}
