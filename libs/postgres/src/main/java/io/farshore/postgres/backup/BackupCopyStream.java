package io.farshore.postgres.backup;

import io.farshore.postgres.MessageBodies;
import io.farshore.postgres.ReplicationConnection;
import io.farshore.postgres.ReplicationConnection.Message;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The copy phase of BASE_BACKUP (since PostgreSQL 15): copy messages whose first byte says whether
 * an archive begins, the manifest begins, or bytes or a progress report follow.
 */
final class BackupCopyStream {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final ReplicationConnection connection;
  private final List<Tablespace> tablespaces;
  private @Nullable BackupArchive next;
  private ByteBuffer bytes = NOTHING;
  private boolean done;
  private long received;
  private int archives;

  BackupCopyStream(ReplicationConnection connection, List<Tablespace> tablespaces) {
    this.connection = connection;
    this.tablespaces = tablespaces;
  }

  long bytes() {
    return received;
  }

  Optional<BackupArchive> nextArchive() {
    while (next == null && !done) {
      advance();
    }
    bytes = NOTHING;
    Optional<BackupArchive> found = Optional.ofNullable(next);
    next = null;
    return found;
  }

  private void advance() {
    Message message = connection.receive();
    switch (message.type()) {
      case 'd' -> onCopyData(message);
      case 'c' -> done = true;
      default -> throw connection.unexpected(message);
    }
  }

  private void onCopyData(Message message) {
    ByteBuffer body = message.body();
    switch (body.get()) {
      case 'n' -> next = archive(MessageBodies.text(body), MessageBodies.text(body));
      case 'm' -> next = new BackupArchive("backup_manifest", null, true, content());
      case 'd' -> {
        bytes = body;
        received += body.remaining();
      }
      case 'p' -> {} // progress: we count ourselves
      default -> throw connection.unexpected(message);
    }
  }

  private BackupArchive archive(String name, String location) {
    Tablespace tablespace =
        tablespaces.stream()
            .filter(candidate -> !location.isEmpty() && candidate.location().equals(location))
            .findFirst()
            .orElse(null);
    return new BackupArchive(name, tablespace, false, content());
  }

  /** Reads from this stream only while its archive is the present one. */
  private InputStream content() {
    int mine = ++archives;
    return new InputStream() {
      @Override
      public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
      }

      @Override
      public int read(byte[] target, int offset, int length) {
        if (length == 0) {
          return 0;
        }
        while (mine == archives && next == null && !done && !bytes.hasRemaining()) {
          advance();
        }
        if (mine != archives || !bytes.hasRemaining()) {
          return -1;
        }
        int count = Math.min(length, bytes.remaining());
        bytes.get(target, offset, count);
        return count;
      }
    };
  }
}
