package io.farshore.ledger.rest;

import io.farshore.ledger.LedgerSettings;
import jakarta.ws.rs.container.ContainerResponseContext;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Tells callers which copy of the ledger answered, so that a second writer would be seen. */
public class RegionHeader {
  private static final String NAME = "Ledger-Region";

  private final LedgerSettings settings;

  RegionHeader(LedgerSettings settings) {
    this.settings = settings;
  }

  @ServerResponseFilter
  public void stamp(ContainerResponseContext response) {
    response.getHeaders().putSingle(NAME, settings.region());
  }
}
