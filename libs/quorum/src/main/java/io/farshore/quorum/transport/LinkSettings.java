package io.farshore.quorum.transport;

import io.farshore.kernel.MemberId;
import io.vertx.core.net.SocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where this member listens, where it finds the others, and what proves who is who.
 *
 * @param listen own address; port 0 takes a free one
 * @param members the others' addresses as seen from here; an entry for this member is ignored
 * @param secret shared by all members
 * @param tls certificates, when the links are to be encrypted as well
 */
public record LinkSettings(
    SocketAddress listen,
    Map<MemberId, SocketAddress> members,
    SharedSecret secret,
    Optional<Tls> tls) {

  public LinkSettings {
    members = Map.copyOf(members);
  }

  /**
   * Mutual TLS; all files are PEM.
   *
   * @param certificate this member's certificate chain
   * @param key its private key
   * @param trust certificates that sign the members' certificates
   */
  public record Tls(Path certificate, Path key, Path trust) {}
}
