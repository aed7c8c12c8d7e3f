package io.farshore.testbed.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorldDirectoryTest {
  @Test
  void heldDirectoryIsRefusedPolitely(@TempDir Path temporary) throws IOException {
    try (WorldDirectory held = WorldDirectory.take(temporary.resolve("world"))) {
      assertThatThrownBy(() -> WorldDirectory.take(held.path()))
          .isInstanceOf(WorldInUseException.class)
          .hasMessageContaining("end it first");
    }
  }

  @Test
  void leftoversOfAnEarlierWorldAreRemoved(@TempDir Path temporary) throws IOException {
    Path path = temporary.resolve("world");
    try (WorldDirectory first = WorldDirectory.take(path)) {
      Files.writeString(first.directory("us-east", "gateway").resolve("old"), "old");
    }
    try (WorldDirectory second = WorldDirectory.take(path)) {
      assertThat(second.path().resolve("us-east")).doesNotExist();
    }
  }

  @Test
  void ownerIsKnownOnlyWhileTheDirectoryIsHeld(@TempDir Path temporary) throws IOException {
    Path path = temporary.resolve("world");
    assertThat(WorldDirectory.owner(path)).isEmpty();
    WorldDirectory.take(path).close();
    assertThat(WorldDirectory.owner(path)).isEmpty();
  }

  @Test
  void takenPortsAreNotHandedOut() throws IOException {
    int first = new Ports(new Random(1)).take();
    try (ServerSocket other = new ServerSocket(first, 1, InetAddress.getLoopbackAddress())) {
      Ports ports = new Ports(new Random(1));
      Set<Integer> taken = new HashSet<>();
      for (int i = 0; i < 50; i++) {
        assertThat(taken.add(ports.take())).as("each port once").isTrue();
      }
      assertThat(taken).doesNotContain(other.getLocalPort());
    }
  }
}
