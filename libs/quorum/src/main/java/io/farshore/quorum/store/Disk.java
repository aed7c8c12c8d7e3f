package io.farshore.quorum.store;

import java.io.IOException;
import java.util.List;

/**
 * One directory, as far as the store needs it. A port, so that crashes and full disks can be tried
 * at every single step. Used by one thread at a time.
 */
public interface Disk extends AutoCloseable {
  /** The names of all files. */
  List<String> names() throws IOException;

  /** A file's whole content. */
  byte[] read(String name) throws IOException;

  /**
   * Gives a file a new content. After a crash it has the old or the new one, nothing between; once
   * this returns, the new one.
   */
  void replace(String name, byte[] content) throws IOException;

  /** Opens a file to be appended to, at its end. */
  Appender append(String name) throws IOException;

  /** Cuts a file's end off, durably. */
  void truncate(String name, long size) throws IOException;

  /** Deletes a file, durably. */
  void delete(String name) throws IOException;

  /** Lets another process have the directory. Idempotent. */
  @Override
  void close();

  /** An open file that only grows. */
  interface Appender extends AutoCloseable {
    /** Durable only after {@link #force}; after a crash any part of it may be there. */
    void write(byte[] content) throws IOException;

    /** Makes everything written durable. */
    void force() throws IOException;

    @Override
    void close() throws IOException;
  }
}
