package io.farshore.quorum.store;

import java.util.Random;

/** The store on the simulated disk: the two disks behave alike. */
class SimulatedDiskStoreTest extends QuorumStoreContract {
  private final SimulatedDisk disk = new SimulatedDisk(new Random(1));

  @Override
  QuorumStore open() {
    return FileRaftStore.open(disk, "group", Entries.SELF);
  }
}
