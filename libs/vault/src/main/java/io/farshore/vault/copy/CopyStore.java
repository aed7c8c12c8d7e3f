package io.farshore.vault.copy;

import io.farshore.kernel.FarshoreException;
import io.farshore.vault.VaultErrors;
import java.util.List;
import java.util.Optional;

/**
 * Storage of one copy of the repository: named, immutable objects. An object is either completely
 * and durably there or not there at all, whatever crashes.
 *
 * <p>All methods may be called by several threads and block. Failures of the storage are {@link
 * FarshoreException}s with {@link VaultErrors#COPY_UNAVAILABLE} or {@link VaultErrors#COPY_FULL}.
 */
public interface CopyStore {
  /** Most objects one {@link #list} answers; ask again after the last. */
  int LIST_PAGE_OBJECTS_MAX = 1_000;

  /** Begins to store an object. Nothing is visible before {@link Upload#commit}. */
  Upload create(ObjectName name);

  /**
   * Reads a part of an object.
   *
   * @return exactly {@code length} bytes
   * @throws FarshoreException {@link VaultErrors#OBJECT_MISSING} if there is no such object, {@link
   *     VaultErrors#DAMAGED} if it ends before {@code offset + length}
   */
  byte[] get(ObjectName name, long offset, int length);

  /** The object's length, or empty if there is no such object. */
  Optional<StoredObject> find(ObjectName name);

  /**
   * Objects whose names lie under a folder, in the order of their names.
   *
   * @param folder leading segments of the names, without a slash at the end
   * @param after only names greater than this; empty for the first page
   * @return at most {@link #LIST_PAGE_OBJECTS_MAX}; empty when there are no more
   */
  List<StoredObject> list(String folder, Optional<ObjectName> after);

  /** Removes an object; no effect if there is none. Durable when it returns. */
  void delete(ObjectName name);

  /**
   * Becomes the copy's only writer, and clears what a writer that died left half-written. Holding
   * it is needed to store and delete, not to read.
   *
   * @throws FarshoreException {@link VaultErrors#COPY_LOCKED} if another holds it
   */
  WriterLock lock();

  /** An object on its way into the store. For one thread; closing it without a commit drops it. */
  interface Upload extends AutoCloseable {
    /** Appends bytes. */
    void write(byte[] bytes, int offset, int length);

    /**
     * Makes the object visible and durable.
     *
     * @return false if an object of that name was already there, which then stays as it is
     */
    boolean commit();

    @Override
    void close();
  }

  /** The right to write; given up by closing, and by the end of the process. */
  interface WriterLock extends AutoCloseable {
    @Override
    void close();
  }
}
