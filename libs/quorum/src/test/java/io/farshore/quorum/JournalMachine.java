package io.farshore.quorum;

import io.farshore.quorum.wire.ByteReader;
import io.farshore.quorum.wire.ByteWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A state machine that remembers every command; what it answers is how many it has. */
public final class JournalMachine implements StateMachine {
  private final List<String> commands = new ArrayList<>();
  private int restores;

  @Override
  public synchronized byte[] apply(long index, byte[] command) {
    commands.add(new String(command, StandardCharsets.UTF_8));
    return new ByteWriter().number(commands.size()).toBytes();
  }

  @Override
  public synchronized byte[] snapshot() {
    ByteWriter out = new ByteWriter().number(commands.size());
    commands.forEach(out::text);
    return out.toBytes();
  }

  @Override
  public synchronized void restore(long index, byte[] snapshot) {
    ByteReader in = new ByteReader(snapshot);
    commands.clear();
    for (int count = in.count(); count > 0; count--) {
      commands.add(in.text());
    }
    restores++;
  }

  public synchronized List<String> commands() {
    return List.copyOf(commands);
  }

  public synchronized int restores() {
    return restores;
  }
}
