package io.farshore.failover.rest;

import io.farshore.contracts.Page;
import io.farshore.contracts.failover.Execution;
import io.farshore.failover.control.ControlCommand.Acknowledge;
import io.farshore.failover.execution.ExecutionRecord;
import io.farshore.failover.member.FailoverMember;
import io.farshore.quarkus.idempotency.CommandAnswer;
import io.farshore.quarkus.idempotency.IdempotentCommands;
import io.farshore.quarkus.security.Roles;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Every execution, and those that wait for a person. */
@Path("/v1/executions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "executions")
public class ExecutionResource {
  static final int LIMIT_MAX = 500;

  private final Access access;
  private final IdempotentCommands commands;
  private final SecurityIdentity caller;
  private final Clock wallClock;

  @Inject
  ExecutionResource(
      Access access, IdempotentCommands commands, SecurityIdentity caller, Clock wallClock) {
    this.access = access;
    this.commands = commands;
    this.caller = caller;
    this.wallClock = wallClock;
  }

  @GET
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.SERVICE})
  @Operation(operationId = "listExecutions", summary = "Executions, newest first")
  public Page<Execution> list(
      @QueryParam("application") @Nullable String application,
      @QueryParam("limit") @DefaultValue("50") int limit) {
    if (limit < 1 || limit > LIMIT_MAX) {
      throw InvalidFieldsException.of("limit", "1 to " + LIMIT_MAX);
    }
    List<Execution> executions =
        access.member().state().applications().values().stream()
            .filter(record -> application == null || record.spec().id().value().equals(application))
            .flatMap(record -> record.executions().stream())
            .sorted(
                Comparator.comparing((ExecutionRecord one) -> one.request().decidedAt()).reversed())
            .limit(limit)
            .map(Views::execution)
            .toList();
    return new Page<>(executions, null);
  }

  @GET
  @Path("/{id:[^/:]+}")
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.SERVICE})
  @Operation(operationId = "getExecution", summary = "One execution, step by step")
  public Execution get(@PathParam("id") String id) {
    return Views.execution(access.requireExecution(id));
  }

  /** Lets a held execution go on. */
  @POST
  @Path("/{id:[^/:]+}:acknowledge")
  @RolesAllowed({Roles.OPERATOR, Roles.APPROVER})
  @Operation(operationId = "acknowledge", summary = "Let a held execution go on")
  @APIResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = Execution.class)))
  public Uni<Response> acknowledge(
      @PathParam("id") String id, @HeaderParam(IdempotentCommands.HEADER) @Nullable String key) {
    ExecutionRecord execution = access.requireExecution(id);
    FailoverMember member = access.member();
    String subject = caller.getPrincipal().getName();
    return commands.runAsync(
        key,
        Map.of("acknowledge", id),
        operation ->
            access
                .uni(
                    () ->
                        member.require(
                            new Acknowledge(
                                execution.request().application(),
                                id,
                                subject,
                                wallClock.instant(),
                                member.quorum().self())))
                .chain(accepted -> access.caughtUp())
                .map(
                    reached ->
                        CommandAnswer.accepted(
                            "/v1/executions/" + id, Views.execution(access.requireExecution(id)))));
  }
}
