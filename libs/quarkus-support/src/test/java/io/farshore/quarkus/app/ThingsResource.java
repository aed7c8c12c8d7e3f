package io.farshore.quarkus.app;

import io.farshore.contracts.failover.ApplicationSpec;
import io.farshore.contracts.failover.FailoverRequest;
import io.farshore.kernel.ApplicationId;
import io.farshore.kernel.ErrorCategory;
import io.farshore.kernel.ErrorCode;
import io.farshore.kernel.FarshoreException;
import io.farshore.quarkus.idempotency.CommandAnswer;
import io.farshore.quarkus.idempotency.IdempotentCommands;
import io.farshore.quarkus.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** One endpoint for each way a request can go. */
@Path("/v1/things")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ThingsResource {
  static final AtomicInteger COMMANDS = new AtomicInteger();

  private final IdempotentCommands commands;

  @Inject
  ThingsResource(IdempotentCommands commands) {
    this.commands = commands;
  }

  @GET
  @Path("{name}")
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR})
  public Map<String, String> thing(@PathParam("name") String name) {
    return Map.of("name", new ApplicationId(name).value());
  }

  @GET
  @RolesAllowed(Roles.VIEWER)
  public Map<String, Integer> list(@QueryParam("limit") @Max(100) int limit) {
    return Map.of("limit", limit);
  }

  @PUT
  @Path("{name}")
  @RolesAllowed(Roles.OPERATOR)
  public ApplicationSpec put(@PathParam("name") String name, ApplicationSpec spec) {
    return spec;
  }

  @POST
  @Path("{name}:failover")
  @RolesAllowed(Roles.OPERATOR)
  public Response command(
      @PathParam("name") String name,
      @HeaderParam(IdempotentCommands.HEADER) String key,
      FailoverRequest request) {
    return commands.run(
        key,
        request,
        operationId -> {
          COMMANDS.incrementAndGet();
          return CommandAnswer.accepted("/v1/operations/" + operationId, request);
        });
  }

  @GET
  @Path("{name}/unavailable")
  @RolesAllowed(Roles.VIEWER)
  public String unavailable() {
    throw new FarshoreException(
        ErrorCode.retryable("quorum-lost", ErrorCategory.UNAVAILABLE),
        "No majority of voters answers",
        Map.of("epoch", "4"));
  }

  @GET
  @Path("{name}/defect")
  @RolesAllowed(Roles.VIEWER)
  public String defect() {
    throw new IllegalStateException("secret detail of the inside");
  }

  @GET
  @Path("{name}/library-defect")
  @RolesAllowed(Roles.VIEWER)
  public String libraryDefect() {
    return java.net.URI.create("not a uri: secret").toString();
  }

  @GET
  @Path("{name}/unannotated")
  public String unannotated() {
    return "nobody may see this";
  }
}
