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
 * @param secret shared by all members, at least {@link #SECRET_BYTES_MIN} bytes
 * @param tls certificates, when the links are to be encrypted as well
 */
public record LinkSettings(
    SocketAddress listen, Map<MemberId, SocketAddress> members, byte[] secret, Optional<Tls> tls) {
  /** As long as the strength of HMAC-SHA-256 asks for. */
  public static final int SECRET_BYTES_MIN = 32;

  public LinkSettings {
    members = Map.copyOf(members);
    secret = secret.clone();
    if (secret.length < SECRET_BYTES_MIN) {
      throw new IllegalArgumentException("the members' shared secret needs at least 32 bytes");
    }
  }

  /**
   * Mutual TLS; all files are PEM.
   *
   * @param certificate this member's certificate chain
   * @param key its private key
   * @param trust certificates that sign the members' certificates
   */
  public record Tls(Path certificate, Path key, Path trust) {}

  @Override
  public byte[] secret() {
    return secret.clone();
  }

  /** Leaves the secret out. */
  @Override
  public String toString() {
    return "LinkSettings[listen=" + listen + ", members=" + members + ", tls=" + tls + "]";
  }
}
