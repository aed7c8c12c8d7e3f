package io.farshore.testbed;

import java.io.IOException;

/** What a person wants to know of a world that is running. */
final class Hints {
  private Hints() {}

  /** The token goes into the fragment, which browsers send to nobody. */
  static String of(World world) throws IOException {
    StringBuilder text = new StringBuilder();
    String token = world.identity().token("viewer");
    for (String region : world.regions()) {
      text.append(
          "  page of %-8s %s/console/#token=%s%n"
              .formatted(region, world.uri(region, "gateway-management"), token));
    }
    for (String region : world.regions()) {
      text.append("  ledger by way of %-8s %s%n".formatted(region, world.uri(region, "gateway")));
    }
    text.append(
        """
          everything else     %s

          ./farshore ctl status
          ./farshore ctl routes explain POST /transfers
          ./farshore ctl backup run
          ./farshore ctl failover start
          ./farshore down
        """
            .formatted(world.directory().resolve("world.json")));
    return text.toString();
  }
}
