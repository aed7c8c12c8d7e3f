package io.farshore.gateway.table;

import io.farshore.gateway.routing.Route;
import io.farshore.kernel.FarshoreException;

/** Is told what happens to the table. Called from any thread; must be quick. */
public interface TableListener {
  void onTableAdopted(Route route, String source);

  void onTableRefused(String source, long revision, String reason);

  void onStoreFailure(FarshoreException failure);

  /** A source stopped answering; told once until it answers again. */
  void onSourceLost(String source, FarshoreException failure);

  void onSourceFound(String source);
}
