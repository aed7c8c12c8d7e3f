package io.farshore.quorum.transport;

import static java.lang.System.Logger.Level.WARNING;

import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.MemberId;
import io.farshore.kernel.MonotonicClock;
import io.farshore.quorum.MemberLinks;
import io.farshore.quorum.QuorumErrors;
import io.farshore.quorum.QuorumSettings;
import io.farshore.quorum.QuorumStatus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Links over TCP. Each member calls each other one, and sends on the connection it made: so a path
 * that is cut in one direction is cut in that direction only.
 */
public final class TcpLinks implements MemberLinks {
  private static final System.Logger LOG = System.getLogger(TcpLinks.class.getName());

  private final Vertx vertx;
  private final QuorumSettings quorum;
  private final LinkSettings settings;
  private final MonotonicClock clock;
  private final SecureRandom random = new SecureRandom();
  private final LinkCounters counters = new LinkCounters();
  private final Map<MemberId, OutboundLink> outbound = new HashMap<>();
  private final NetClient client;
  private final NetServer server;
  private volatile @Nullable InboundLinks inbound;

  public TcpLinks(Vertx vertx, QuorumSettings quorum, LinkSettings settings, MonotonicClock clock) {
    this.vertx = vertx;
    this.quorum = quorum;
    this.settings = settings;
    this.clock = clock;
    this.client = vertx.createNetClient(clientOptions());
    this.server = vertx.createNetServer(serverOptions());
    for (MemberId member : others()) {
      SocketAddress address = settings.members().get(member);
      if (address == null) {
        throw new FarshoreException(
            QuorumErrors.UNKNOWN_MEMBER,
            "no address is configured for a member",
            Map.of("member", member.value()));
      }
      Handshake.Hello hello = new Handshake.Hello(quorum.group(), quorum.self(), member);
      outbound.put(
          member,
          new OutboundLink(
              vertx, client, address, hello, settings.secret(), random, clock, counters));
    }
  }

  private SortedSet<MemberId> others() {
    SortedSet<MemberId> others = new TreeSet<>(quorum.members());
    others.remove(quorum.self());
    return others;
  }

  private NetClientOptions clientOptions() {
    NetClientOptions options = new NetClientOptions();
    options.setConnectTimeout((int) LinkTimes.CONNECT_TIMEOUT.toMillis());
    options.setTcpNoDelay(true);
    // Addresses differ by viewpoint; who is who is proved by the shared secret.
    options.setHostnameVerificationAlgorithm("");
    settings
        .tls()
        .ifPresent(
            tls ->
                options.setSsl(true).setKeyCertOptions(keyOf(tls)).setTrustOptions(trustOf(tls)));
    return options;
  }

  private NetServerOptions serverOptions() {
    NetServerOptions options = new NetServerOptions();
    options.setTcpNoDelay(true);
    settings
        .tls()
        .ifPresent(
            tls ->
                options
                    .setSsl(true)
                    .setClientAuth(ClientAuth.REQUIRED)
                    .setKeyCertOptions(keyOf(tls))
                    .setTrustOptions(trustOf(tls)));
    return options;
  }

  private static PemKeyCertOptions keyOf(LinkSettings.Tls tls) {
    return new PemKeyCertOptions()
        .addCertPath(tls.certificate().toString())
        .addKeyPath(tls.key().toString());
  }

  private static PemTrustOptions trustOf(LinkSettings.Tls tls) {
    return new PemTrustOptions().addCertPath(tls.trust().toString());
  }

  @Override
  public void open(BiConsumer<MemberId, byte[]> receiver) {
    InboundLinks links =
        new InboundLinks(
            vertx,
            quorum.group(),
            quorum.self(),
            quorum.members(),
            settings.secret(),
            random,
            clock,
            counters,
            receiver);
    inbound = links;
    server.connectHandler(links::onConnection);
    try {
      NetServer ignored =
          server.listen(settings.listen()).toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      Future<Void> ignored = client.close();
      throw new FarshoreException(
          QuorumErrors.LISTEN_FAILED,
          "the quorum's address cannot be bound",
          Map.of("address", settings.listen().toString()),
          e.getCause());
    }
    outbound.values().forEach(OutboundLink::open);
  }

  /** The port listened on; known once open. */
  public int port() {
    return server.actualPort();
  }

  @Override
  public void send(MemberId to, byte[] frame) {
    OutboundLink link = outbound.get(to);
    if (link == null || frame.length > Framing.FRAME_BYTES_MAX - 64) {
      counters.dropped.increment();
      LOG.log(WARNING, "a frame to a member cannot be sent");
    } else {
      link.send(frame);
    }
  }

  @Override
  public SortedSet<MemberId> reachable() {
    InboundLinks links = inbound;
    return links == null ? new TreeSet<>() : links.reachable();
  }

  @Override
  public QuorumStatus.Traffic traffic() {
    return counters.traffic();
  }

  @Override
  public void close() {
    outbound.values().forEach(OutboundLink::close);
    Future<Void> ignored = Future.all(server.close(), client.close()).mapEmpty();
  }
}
