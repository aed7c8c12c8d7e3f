package io.farshore.replication.rest;

import io.farshore.contracts.Page;
import io.farshore.contracts.replication.Exposure;
import io.farshore.contracts.replication.ReplicationLink;
import io.farshore.kernel.MonotonicClock;
import io.farshore.kernel.MonotonicInstant;
import io.farshore.quarkus.security.Roles;
import io.farshore.replication.peer.Catalogue;
import io.farshore.replication.watch.Views;
import io.farshore.replication.watch.Watches;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Links and exposure as this region sees them now. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.SERVICE})
@Tag(name = "replication")
public class ReplicationResource {
  private final Watches watches;
  private final Catalogue catalogue;
  private final MonotonicClock clock;

  @Inject
  ReplicationResource(Watches watches, Catalogue catalogue, MonotonicClock clock) {
    this.watches = watches;
    this.catalogue = catalogue;
    this.clock = clock;
  }

  /** As many as there are regions; never more than one page. */
  @GET
  @Path("links")
  @Operation(summary = "Streams of changes that begin or end in this region")
  public Page<ReplicationLink> links() {
    MonotonicInstant now = clock.now();
    return new Page<>(
        watches.all().stream()
            .flatMap(watch -> watch.readings().stream())
            .map(reading -> Views.link(reading, now))
            .toList(),
        null);
  }

  /** As many as there are links. */
  @GET
  @Path("exposures")
  @Operation(
      summary = "What would be lost if the writing region were lost now",
      description =
          "duration is an upper bound and counts until the answer; bytes are as of observedAt")
  public Page<Exposure> exposures() {
    MonotonicInstant now = clock.now();
    return new Page<>(
        watches.all().stream()
            .flatMap(
                watch ->
                    watch.readings().stream()
                        .map(
                            reading ->
                                Views.exposure(
                                    reading, catalogue.objective(watch.application()), now)))
            .toList(),
        null);
  }
}
