package io.farshore.replication.watch;

import java.util.List;

/** All applications watched in this region. Immutable. */
public record Watches(List<ApplicationWatch> all) {
  public Watches {
    all = List.copyOf(all);
  }
}
