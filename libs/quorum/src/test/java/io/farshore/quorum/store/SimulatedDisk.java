package io.farshore.quorum.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/**
 * A disk in memory that forgets what was not synced, tears what was being written, fills up, and
 * can be made to fail at one particular step.
 */
public final class SimulatedDisk implements Disk {
  private final TreeMap<String, byte[]> durable = new TreeMap<>();
  private final TreeMap<String, byte[]> unsynced = new TreeMap<>();
  private final Random random;
  private int steps;
  private int failAt = Integer.MAX_VALUE;
  private boolean full;
  private boolean dead;

  public SimulatedDisk(Random random) {
    this.random = random;
  }

  /** Power goes off at this step, counted from 0, in the middle of it; nothing works after. */
  public void dieAt(int step) {
    failAt = step;
  }

  /** From now on nothing can be written. */
  public void fill(boolean now) {
    full = now;
  }

  public boolean full() {
    return full;
  }

  /** Steps that changed or could have changed something. */
  public int steps() {
    return steps;
  }

  public boolean died() {
    return dead;
  }

  /** What is there after the power comes back: all that was synced, and any part of the rest. */
  public SimulatedDisk afterPowerLoss() {
    SimulatedDisk next = new SimulatedDisk(random);
    next.full = full;
    next.durable.putAll(durable);
    unsynced.forEach(
        (name, tail) -> {
          byte[] kept = Arrays.copyOf(tail, random.nextInt(tail.length + 1));
          if (kept.length > 0 && random.nextInt(4) == 0) {
            kept[random.nextInt(kept.length)] ^= (byte) (1 + random.nextInt(255));
          }
          byte[] before = durable.getOrDefault(name, new byte[0]);
          next.durable.put(name, concatenated(before, kept));
        });
    return next;
  }

  /** Changes a byte of a durable file, as a bad sector would. */
  public void damage(String name, int at) {
    byte[] content = Objects.requireNonNull(durable.get(name)).clone();
    content[at] ^= 0x55;
    durable.put(name, content);
  }

  public void lose(String name) {
    durable.remove(name);
  }

  private boolean lastStepOfItsLife() throws IOException {
    if (dead) {
      throw new IOException("the disk has no power");
    }
    if (full) {
      throw new IOException("No space left on device");
    }
    dead = steps++ >= failAt;
    return dead;
  }

  private static IOException powerLost() {
    return new IOException("power lost");
  }

  @Override
  public List<String> names() {
    TreeMap<String, byte[]> all = new TreeMap<>(durable);
    all.putAll(unsynced);
    return List.copyOf(all.keySet());
  }

  @Override
  public byte[] read(String name) {
    return concatenated(
        durable.getOrDefault(name, new byte[0]), unsynced.getOrDefault(name, new byte[0]));
  }

  @Override
  public void replace(String name, byte[] content) throws IOException {
    boolean last = lastStepOfItsLife();
    if (!last || random.nextBoolean()) {
      durable.put(name, content.clone());
      unsynced.remove(name);
    }
    if (last) {
      throw powerLost();
    }
  }

  @Override
  public Appender append(String name) throws IOException {
    boolean last = lastStepOfItsLife();
    if (!last || random.nextBoolean()) {
      durable.putIfAbsent(name, new byte[0]);
    }
    if (last) {
      throw powerLost();
    }
    return new Appender() {
      @Override
      public void write(byte[] content) throws IOException {
        boolean end = lastStepOfItsLife();
        int length = end ? random.nextInt(content.length + 1) : content.length;
        byte[] before = unsynced.getOrDefault(name, new byte[0]);
        unsynced.put(name, concatenated(before, Arrays.copyOf(content, length)));
        if (end) {
          throw powerLost();
        }
      }

      @Override
      public void force() throws IOException {
        if (lastStepOfItsLife()) {
          throw powerLost();
        }
        byte[] tail = unsynced.remove(name);
        if (tail != null) {
          durable.put(name, concatenated(durable.getOrDefault(name, new byte[0]), tail));
        }
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void truncate(String name, long size) throws IOException {
    boolean last = lastStepOfItsLife();
    if (!last || random.nextBoolean()) {
      durable.put(name, Arrays.copyOf(read(name), Math.toIntExact(size)));
      unsynced.remove(name);
    }
    if (last) {
      throw powerLost();
    }
  }

  @Override
  public void delete(String name) throws IOException {
    boolean last = lastStepOfItsLife();
    if (!last || random.nextBoolean()) {
      durable.remove(name);
      unsynced.remove(name);
    }
    if (last) {
      throw powerLost();
    }
  }

  @Override
  public void close() {}

  private static byte[] concatenated(byte[] first, byte[] second) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(first.length + second.length);
    out.writeBytes(first);
    out.writeBytes(second);
    return out.toByteArray();
  }
}
