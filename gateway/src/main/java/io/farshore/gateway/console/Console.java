package io.farshore.gateway.console;

import io.farshore.gateway.wiring.Gateway;
import io.farshore.kernel.FarshoreException;
import io.farshore.quarkus.region.AddressBook;
import io.farshore.quarkus.region.RegionSettings;
import io.farshore.quarkus.security.ServiceToken;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/** The page under {@code /console/} and the stream it lives on. */
@ApplicationScoped
public class Console {
  private static final Map<String, String> FILES =
      Map.of(
          "index.html", "text/html; charset=utf-8",
          "console.css", "text/css; charset=utf-8",
          "console.js", "text/javascript; charset=utf-8",
          "icon.svg", "image/svg+xml");
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  private static final Duration STREAM_MAX = Duration.ofHours(8);

  private final ConsoleAccess access;
  private final ConsoleSources sources;
  private final EventTail events;
  private final ConsoleFeed feed;
  private final Vertx vertx;
  private @Nullable Thread feeding;

  @Inject
  Console(
      Gateway gateway,
      ConsoleAccess access,
      RegionSettings settings,
      AddressBook book,
      Config config,
      Clock clock,
      Vertx vertx) {
    this.access = access;
    this.vertx = vertx;
    Supplier<String> token =
        settings.serviceTokenFile().<Supplier<String>>map(ServiceToken::new).orElse(Console::none);
    this.sources = new ConsoleSources(book, settings.region(), token, clock);
    this.events = new EventTail(vertx, config, clock);
    this.feed = new ConsoleFeed(gateway, sources, events, clock);
  }

  private static String none() {
    throw new FarshoreException(ServiceToken.TOKEN_UNUSABLE, "This service has no token");
  }

  void routes(@Observes ManagementInterface management) {
    Router router = management.router();
    router.get("/").handler(Console::toPage);
    router.get("/console").handler(Console::addSlash);
    router.get("/console/stream").handler(this::stream);
    FILES.forEach(
        (name, type) -> {
          Buffer content = resource(name);
          String path = "/console/" + (name.equals("index.html") ? "" : name);
          router.get(path).handler(context -> file(context, type, content));
        });
  }

  void start(@Observes StartupEvent event) {
    events.start();
    feeding = Thread.ofVirtual().name("console-feed").start(feed);
  }

  // The router takes both for the same path; the browser would look for the files elsewhere.
  private static void addSlash(RoutingContext context) {
    if (context.request().path().endsWith("/")) {
      context.next();
    } else {
      toPage(context);
    }
  }

  // A browser keeps the fragment, and with it the token, across the redirect.
  private static void toPage(RoutingContext context) {
    var _ = context.redirect("/console/");
  }

  private static Buffer resource(String name) {
    try (InputStream in = Console.class.getResourceAsStream("/console/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the console's files are missing from the build");
      }
      return Buffer.buffer(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void file(RoutingContext context, String type, Buffer content) {
    var _ =
        context
            .response()
            .putHeader("Content-Type", type)
            .putHeader("Content-Security-Policy", POLICY)
            .putHeader("X-Content-Type-Options", "nosniff")
            .putHeader("Referrer-Policy", "no-referrer")
            .putHeader("Cache-Control", "no-cache")
            .end(content);
  }

  private void stream(RoutingContext routing) {
    Context loop = vertx.getOrCreateContext();
    String authorization = routing.request().getHeader("Authorization");
    // Checking a token may read the key from disk, which an event loop must not wait for.
    Thread.startVirtualThread(
        () -> {
          ConsoleAccess.Verdict verdict = access.check(authorization);
          loop.runOnContext(_ -> answer(routing, verdict));
        });
  }

  private void answer(RoutingContext routing, ConsoleAccess.Verdict verdict) {
    switch (verdict) {
      case ConsoleAccess.Verdict.Unknown _ -> {
        routing.response().putHeader("WWW-Authenticate", "Bearer");
        refuse(routing, 401);
      }
      case ConsoleAccess.Verdict.Forbidden _ -> refuse(routing, 403);
      case ConsoleAccess.Verdict.Allowed(Duration left) -> open(routing, left);
    }
  }

  private static void refuse(RoutingContext routing, int status) {
    var _ = routing.response().setStatusCode(status).end();
  }

  private void open(RoutingContext routing, Duration left) {
    HttpServerResponse response = routing.response();
    if (response.closed()) {
      return;
    }
    Context loop = vertx.getOrCreateContext();
    Consumer<String> viewer = snapshot -> loop.runOnContext(_ -> send(response, snapshot));
    if (!feed.add(viewer)) {
      refuse(routing, 503);
      return;
    }
    long end =
        vertx.setTimer(Math.clamp(left.toMillis(), 1, STREAM_MAX.toMillis()), _ -> end(response));
    // Ended or cut: a connection may outlive its stream, a viewer must not.
    routing.addEndHandler(
        _ -> {
          feed.remove(viewer);
          vertx.cancelTimer(end);
        });
    response
        .setChunked(true)
        .putHeader("Content-Type", "text/event-stream")
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Content-Type-Options", "nosniff");
    send(response, feed.snapshot());
  }

  private static void end(HttpServerResponse response) {
    if (!response.ended() && !response.closed()) {
      var _ = response.end();
    }
  }

  // A viewer that does not keep up misses snapshots, never the newest.
  private static void send(HttpServerResponse response, String snapshot) {
    if (!response.ended() && !response.closed() && !response.writeQueueFull()) {
      var _ = response.write("event: snapshot\ndata: " + snapshot + "\n\n");
    }
  }

  void stop(@Observes ShutdownEvent event) {
    Thread thread = feeding;
    if (thread != null) {
      thread.interrupt();
    }
    events.close();
    sources.close();
  }
}
