package io.farshore.failover.rest;

import io.farshore.contracts.failover.RoutingTable;
import io.farshore.quarkus.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What gateways route by. */
@Path("/v1/routing-table")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "routing")
public class RoutingResource {
  /** Below the idle time-outs of common proxies. */
  static final Duration WAIT_MAX = Duration.ofSeconds(55);

  private final Access access;

  @Inject
  RoutingResource(Access access) {
    this.access = access;
  }

  /**
   * The routing table; with {@code after}, only one that is newer, waiting for it up to {@code
   * wait}. 304 when there was none.
   */
  @GET
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.SERVICE})
  @Operation(operationId = "getRoutingTable", summary = "The routing table, or the next one")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = RoutingTable.class)))
  @APIResponse(responseCode = "304", description = "Nothing newer within the wait")
  public Uni<Response> get(
      @QueryParam("after") @DefaultValue("-1") long after,
      @QueryParam("wait") @DefaultValue("PT0S") String wait) {
    Duration patience = patience(wait);
    return access
        .uni(() -> access.board().after(after, patience))
        .map(
            table ->
                table.isPresent()
                    ? Response.ok(table.get()).build()
                    : Response.notModified().build());
  }

  private static Duration patience(String wait) {
    try {
      Duration patience = Duration.parse(wait);
      if (!patience.isNegative() && patience.compareTo(WAIT_MAX) <= 0) {
        return patience;
      }
    } catch (DateTimeParseException notADuration) {
      // Answered below, like one that is too long.
    }
    throw InvalidFieldsException.of("wait", "an ISO 8601 duration from PT0S to " + WAIT_MAX);
  }
}
