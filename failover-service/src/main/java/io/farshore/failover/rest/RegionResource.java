package io.farshore.failover.rest;

import io.farshore.contracts.failover.LeaseView;
import io.farshore.contracts.failover.RegionEvidence;
import io.farshore.contracts.failover.RegionStatus;
import io.farshore.failover.evidence.ObserverReport;
import io.farshore.failover.evidence.RegionFinding;
import io.farshore.failover.member.FailoverMember;
import io.farshore.kernel.RegionId;
import io.farshore.quarkus.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who may write, what was observed, and how this region's databases are. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "regions")
@RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.SERVICE})
public class RegionResource {
  private final Access access;
  private final Clock wallClock;

  @Inject
  RegionResource(Access access, Clock wallClock) {
    this.access = access;
    this.wallClock = wallClock;
  }

  @GET
  @Path("/leases")
  @Operation(operationId = "listLeases", summary = "Who may write, by application")
  public Uni<List<LeaseView>> leases() {
    return access.ask(
        () ->
            access.member().state().applications().keySet().stream()
                .flatMap(id -> Views.lease(access.member(), id).stream())
                .toList());
  }

  @GET
  @Path("/evidence")
  @Operation(operationId = "listEvidence", summary = "What observers say of each region")
  public Uni<List<RegionEvidence>> evidence() {
    return access.ask(
        () -> {
          FailoverMember member = access.member();
          List<ObserverReport> reports = member.observations();
          SortedMap<RegionId, RegionFinding> worst = new TreeMap<>();
          member
              .state()
              .applications()
              .values()
              .forEach(
                  record ->
                      member
                          .findings(record)
                          .forEach(
                              (region, finding) ->
                                  worst.merge(region, finding, RegionResource::worse)));
          return worst.values().stream().map(finding -> Views.evidence(finding, reports)).toList();
        });
  }

  @GET
  @Path("/region-status")
  @Operation(operationId = "listRegionStatus", summary = "This region's guarded databases")
  public Uni<List<RegionStatus>> regionStatus() {
    return access.ask(
        () ->
            access.member().guards().stream()
                .map(guard -> Views.region(guard, wallClock.instant()))
                .toList());
  }

  private static RegionFinding worse(RegionFinding one, RegionFinding other) {
    return other.verdict().gauge() > one.verdict().gauge() ? other : one;
  }
}
