package io.farshore.postgres.wal;

import io.farshore.kernel.Lsn;
import io.farshore.kernel.ReplicationPosition;
import java.nio.ByteBuffer;

/** What a log stream delivers. */
public sealed interface WalMessage {
  /**
   * A piece of log.
   *
   * @param start position of the first byte
   * @param bytes valid until the next message is asked for
   * @param serverEnd how far the server's log went when it sent this
   */
  record Data(Lsn start, ByteBuffer bytes, Lsn serverEnd) implements WalMessage {}

  /**
   * Nothing new: the server is alive.
   *
   * @param serverEnd how far it has sent
   */
  record KeepAlive(Lsn serverEnd) implements WalMessage {}

  /**
   * The timeline asked for ended here; the log goes on in another. Nothing follows.
   *
   * @param next where to go on
   */
  record TimelineEnded(ReplicationPosition next) implements WalMessage {}
}
