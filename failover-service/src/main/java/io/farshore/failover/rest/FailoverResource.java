package io.farshore.failover.rest;

import io.farshore.contracts.Page;
import io.farshore.contracts.failover.Execution;
import io.farshore.contracts.failover.FailoverRequest;
import io.farshore.failover.control.ApplicationRecord;
import io.farshore.failover.control.ControlCommand.Acknowledge;
import io.farshore.failover.execution.ExecutionRecord;
import io.farshore.failover.member.FailoverMember;
import io.farshore.failover.plan.FailoverErrors;
import io.farshore.failover.plan.StepName;
import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.RegionId;
import io.farshore.quarkus.idempotency.CommandAnswer;
import io.farshore.quarkus.idempotency.IdempotentCommands;
import io.farshore.quarkus.security.Roles;
import io.farshore.quarkus.trace.TraceContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
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
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Moves that people ask for, and every execution. */
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "executions")
public class FailoverResource {
  static final int REASON_CHARACTERS_MAX = 500;
  static final int LIMIT_MAX = 500;

  private final Access access;
  private final IdempotentCommands commands;
  private final SecurityIdentity caller;
  private final Clock wallClock;

  @Inject
  FailoverResource(
      Access access, IdempotentCommands commands, SecurityIdentity caller, Clock wallClock) {
    this.access = access;
    this.commands = commands;
    this.caller = caller;
    this.wallClock = wallClock;
  }

  /** Moves an application: a switchover while its primary is well, a failover otherwise. */
  @POST
  @Path("/applications/{name:[^/:]+}:failover")
  @RolesAllowed(Roles.OPERATOR)
  @Operation(operationId = "failover", summary = "Move an application to another region")
  @APIResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = Execution.class)))
  public Uni<Response> failover(
      @PathParam("name") String name,
      @HeaderParam(IdempotentCommands.HEADER) @Nullable String key,
      FailoverRequest request) {
    ApplicationRecord record = access.require(name);
    RegionId target = request.target() == null ? null : new RegionId(request.target());
    if (request.reason().isBlank() || request.reason().length() > REASON_CHARACTERS_MAX) {
      throw invalid("/reason", "1 to " + REASON_CHARACTERS_MAX + " characters");
    }
    Set<StepName> holdBefore = steps(request.holdBefore());
    String subject = caller.getPrincipal().getName();
    @Nullable String traceparent = TraceContext.current().orElse(null);
    FailoverMember member = access.member();
    return commands.runAsync(
        key,
        request,
        operation ->
            access
                .uni(
                    () ->
                        member.move(
                            operation,
                            record.spec().id(),
                            target,
                            request.reason(),
                            subject,
                            request.acceptLoss(),
                            holdBefore,
                            traceparent))
                .chain(id -> access.caughtUp().map(reached -> Views.execution(require(id))))
                .map(
                    execution ->
                        CommandAnswer.accepted("/v1/executions/" + execution.id(), execution)));
  }

  @GET
  @Path("/executions")
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.SERVICE})
  @Operation(operationId = "listExecutions", summary = "Executions, newest first")
  public Page<Execution> list(
      @QueryParam("application") @Nullable String application,
      @QueryParam("limit") @DefaultValue("50") int limit) {
    if (limit < 1 || limit > LIMIT_MAX) {
      throw invalid("limit", "1 to " + LIMIT_MAX);
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
  @Path("/executions/{id:[^/:]+}")
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.SERVICE})
  @Operation(operationId = "getExecution", summary = "One execution, step by step")
  public Execution get(@PathParam("id") String id) {
    return Views.execution(require(id));
  }

  /** Lets a held execution go on. */
  @POST
  @Path("/executions/{id:[^/:]+}:acknowledge")
  @Consumes(MediaType.WILDCARD)
  @RolesAllowed({Roles.OPERATOR, Roles.APPROVER})
  @Operation(operationId = "acknowledge", summary = "Let a held execution go on")
  @APIResponse(
      responseCode = "202",
      content = @Content(schema = @Schema(implementation = Execution.class)))
  public Uni<Response> acknowledge(
      @PathParam("id") String id, @HeaderParam(IdempotentCommands.HEADER) @Nullable String key) {
    ExecutionRecord execution = require(id);
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
                            "/v1/executions/" + id, Views.execution(require(id)))));
  }

  private ExecutionRecord require(String id) {
    return access.member().state().applications().values().stream()
        .map(record -> record.execution(id))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(
            () ->
                new FarshoreException(
                    FailoverErrors.UNKNOWN_EXECUTION,
                    "No such execution",
                    Map.of("execution", id)));
  }

  private static Set<StepName> steps(List<String> words) {
    Set<StepName> steps = EnumSet.noneOf(StepName.class);
    for (String word : words) {
      StepName step =
          StepName.of(word)
              .filter(known -> known != StepName.DETECT)
              .orElseThrow(
                  () -> invalid("/holdBefore", "fence, promote, shift, verify or declare"));
      steps.add(step);
    }
    return steps;
  }

  private static FarshoreException invalid(String pointer, String expected) {
    return new FarshoreException(
        FailoverErrors.REQUEST_INVALID,
        "A field is not valid",
        Map.of("pointer", pointer, "expected", expected));
  }
}
