package io.farshore.tlog.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that forgets, in a power cut, what was not synced: bytes of files are lost from
 * their end or come out as noise, and names given, changed or removed are each kept or not. A fault
 * can be set to hit any one operation. Not thread-safe.
 */
public final class SimulatedDisk implements LogDisk {
  /** What happens at the operation that a fault is set for. */
  public enum Fault {
    /** The machine stops; every later operation throws as well. */
    POWER_CUT,
    /** The operation fails half done; later ones work. */
    ERROR
  }

  private static final class Inode {
    private final boolean directory;
    private byte[] content = new byte[0];
    private byte[] synced = new byte[0];

    Inode(boolean directory) {
      this.directory = directory;
    }
  }

  private final Random random;
  private final TreeMap<Path, Inode> names = new TreeMap<>();
  private final Map<Path, Inode> syncedNames = new HashMap<>();
  private long operations;
  private long faultAt = Long.MAX_VALUE;
  private Fault fault = Fault.POWER_CUT;
  private boolean off;
  private boolean locked;

  public SimulatedDisk(long seed) {
    random = new Random(seed);
    Inode root = new Inode(true);
    names.put(Path.of("/"), root);
    syncedNames.put(Path.of("/"), root);
  }

  /** Number of operations that change something, so far. */
  public long operations() {
    return operations;
  }

  /** Lets the operation after {@code more} others fail. */
  public void failAfter(long more, Fault how) {
    faultAt = operations + more;
    fault = how;
  }

  /** The machine comes back, with what was durable and some of what was not. */
  public void restart() {
    Map<Path, Inode> kept = new TreeMap<>(syncedNames);
    for (Map.Entry<Path, Inode> name : names.entrySet()) {
      if (name.getValue() != syncedNames.get(name.getKey()) && random.nextBoolean()) {
        kept.put(name.getKey(), name.getValue());
      }
    }
    kept.keySet().removeIf(path -> !names.containsKey(path) && random.nextBoolean());
    names.clear();
    kept.forEach(
        (path, inode) -> {
          Path parent = path.resolveSibling("");
          if (path.equals(Path.of("/")) || names.containsKey(parent)) {
            names.put(path, inode);
          }
        });
    names.values().forEach(this::forgetUnsynced);
    syncedNames.clear();
    syncedNames.putAll(names);
    off = false;
    locked = false;
    faultAt = Long.MAX_VALUE;
  }

  /** Changes a file behind the log's back. */
  public void overwrite(Path file, byte[] content) {
    Inode inode = Objects.requireNonNull(names.get(file));
    inode.content = content.clone();
    inode.synced = content.clone();
  }

  public List<Path> files() {
    return names.entrySet().stream()
        .filter(name -> !name.getValue().directory)
        .map(Map.Entry::getKey)
        .toList();
  }

  @Override
  public boolean exists(Path path) {
    return names.containsKey(path);
  }

  @Override
  public byte[] read(Path file) throws IOException {
    return existing(file).content.clone();
  }

  @Override
  public List<Path> list(Path directory) {
    return names.keySet().stream()
        .filter(path -> !path.equals(directory) && directory.equals(path.resolveSibling("")))
        .toList();
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    step();
    existing(directory.resolveSibling(""));
    names.putIfAbsent(directory, new Inode(true));
  }

  @Override
  public WritableFile create(Path file) throws IOException {
    step();
    existing(file.resolveSibling(""));
    Inode inode = names.computeIfAbsent(file, absent -> new Inode(false));
    inode.content = new byte[0];
    return new OpenFile(inode);
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    step();
    Inode inode = existing(from);
    names.remove(from);
    names.put(to, inode);
  }

  @Override
  public void delete(Path path) throws IOException {
    step();
    names.remove(path);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    step();
    existing(directory);
    syncedNames.keySet().removeIf(path -> directory.equals(path.resolveSibling("")));
    list(directory).forEach(path -> syncedNames.put(path, Objects.requireNonNull(names.get(path))));
  }

  @Override
  public Optional<Closeable> lock(Path file) {
    if (locked) {
      return Optional.empty();
    }
    locked = true;
    return Optional.of(() -> locked = false);
  }

  private Inode existing(Path path) throws NoSuchFileException {
    @Nullable Inode inode = names.get(path);
    if (inode == null) {
      throw new NoSuchFileException(path.toString());
    }
    return inode;
  }

  private void step() throws IOException {
    if (off) {
      throw new PowerCut();
    }
    if (operations++ == faultAt) {
      if (fault == Fault.POWER_CUT) {
        off = true;
        throw new PowerCut();
      }
      throw new IOException("No space left on device");
    }
  }

  private void forgetUnsynced(Inode inode) {
    if (Arrays.equals(inode.content, inode.synced)) {
      return;
    }
    byte[] survived = inode.content;
    if (!startsWith(inode.content, inode.synced)) {
      survived = random.nextBoolean() ? inode.synced : inode.content;
    } else {
      int unsynced = inode.content.length - inode.synced.length;
      survived = Arrays.copyOf(inode.content, inode.synced.length + random.nextInt(unsynced + 1));
      if (random.nextInt(3) == 0) {
        for (int at = inode.synced.length; at < survived.length; at++) {
          survived[at] = random.nextBoolean() ? 0 : survived[at];
        }
      }
    }
    inode.content = survived;
    inode.synced = survived.clone();
  }

  private static boolean startsWith(byte[] whole, byte[] beginning) {
    return whole.length >= beginning.length
        && Arrays.equals(whole, 0, beginning.length, beginning, 0, beginning.length);
  }

  private final class OpenFile implements WritableFile {
    private final Inode inode;

    OpenFile(Inode inode) {
      this.inode = inode;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      try {
        step();
      } catch (IOException | PowerCut halfDone) {
        add(Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)));
        throw halfDone;
      }
      add(bytes);
    }

    @Override
    public void sync() throws IOException {
      step();
      inode.synced = inode.content.clone();
    }

    @Override
    public void close() {}

    private void add(byte[] bytes) {
      byte[] longer = Arrays.copyOf(inode.content, inode.content.length + bytes.length);
      System.arraycopy(bytes, 0, longer, inode.content.length, bytes.length);
      inode.content = longer;
    }
  }
}
