package io.farshore.vault.repository;

import io.farshore.kernel.FarshoreException;
import io.farshore.vault.VaultErrors;
import io.farshore.vault.copy.CopyStore;
import io.farshore.vault.copy.ObjectName;
import io.farshore.vault.copy.StoredObject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A store that fails at the n-th step that changes something, and at every one after it, without
 * cleaning up: what is on the disk then is what a killed writer leaves.
 */
final class FaultyCopyStore implements CopyStore {
  /** What happens at the chosen step. */
  enum Fault {
    CRASH,
    DISK_FULL,
    HANG
  }

  private final CopyStore store;
  private final Fault fault;
  private final int failAt;
  private final AtomicInteger steps = new AtomicInteger();

  FaultyCopyStore(CopyStore store, Fault fault, int failAt) {
    this.store = store;
    this.fault = fault;
    this.failAt = failAt;
  }

  int steps() {
    return steps.get();
  }

  boolean struck() {
    return steps.get() >= failAt;
  }

  private void step() {
    if (steps.incrementAndGet() < failAt) {
      return;
    }
    switch (fault) {
      case CRASH ->
          throw new FarshoreException(
              VaultErrors.COPY_UNAVAILABLE, "injected: the storage is gone");
      case DISK_FULL -> throw new FarshoreException(VaultErrors.COPY_FULL, "injected: no space");
      case HANG -> {
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new FarshoreException(VaultErrors.INTERRUPTED, "injected: woken");
        }
      }
    }
  }

  @Override
  public Upload create(ObjectName name) {
    step();
    Upload upload = store.create(name);
    return new Upload() {
      @Override
      public void write(byte[] bytes, int offset, int length) {
        if (steps.get() + 1 >= failAt && fault != Fault.HANG) {
          // Torn: half of it reaches the disk.
          upload.write(bytes, offset, length / 2);
        }
        step();
        upload.write(bytes, offset, length);
      }

      @Override
      public boolean commit() {
        step();
        boolean stored = upload.commit();
        step();
        return stored;
      }

      @Override
      public void close() {
        if (!struck()) {
          upload.close();
        }
      }
    };
  }

  @Override
  public byte[] get(ObjectName name, long offset, int length) {
    return store.get(name, offset, length);
  }

  @Override
  public Optional<StoredObject> find(ObjectName name) {
    return store.find(name);
  }

  @Override
  public List<StoredObject> list(String folder, Optional<ObjectName> after) {
    return store.list(folder, after);
  }

  @Override
  public void delete(ObjectName name) {
    step();
    store.delete(name);
  }

  @Override
  public WriterLock lock() {
    return store.lock();
  }
}
