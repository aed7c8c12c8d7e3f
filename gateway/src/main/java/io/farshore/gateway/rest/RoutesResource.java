package io.farshore.gateway.rest;

import io.farshore.contracts.gateway.RouteExplanation;
import io.farshore.contracts.gateway.RoutesView;
import io.farshore.gateway.wiring.Gateway;
import io.farshore.quarkus.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Routing as it is now. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.SERVICE})
@Tag(name = "routes")
public class RoutesResource {
  private static final int PATH_CHARS_MAX = 8 * 1024;

  private final Gateway gateway;

  @Inject
  RoutesResource(Gateway gateway) {
    this.gateway = gateway;
  }

  /** What this gateway routes by. */
  @GET
  @Path("routes")
  @Operation(summary = "The routing table and the upstreams as this gateway sees them")
  public RoutesView routes() {
    return RouteViews.routes(gateway);
  }

  /** Where a request would go, by the very decision requests are routed by. */
  @GET
  @Path("routes:explain")
  @Operation(summary = "Where a request would go, and why no other region was chosen")
  public RouteExplanation explain(
      @QueryParam("method")
          @DefaultValue("GET")
          @Pattern(regexp = "[A-Z]{1,32}", message = "must be an HTTP method in capitals")
          String method,
      @QueryParam("path")
          @DefaultValue("/")
          @Size(max = PATH_CHARS_MAX)
          @Pattern(regexp = "/[\\x21-\\x7e]*", message = "must begin with a slash")
          String path) {
    return RouteViews.explain(gateway, method, path);
  }
}
