package io.farshore.failover.rest;

import io.farshore.contracts.failover.Execution;
import io.farshore.contracts.failover.FailoverRequest;
import io.farshore.failover.control.ApplicationRecord;
import io.farshore.failover.member.FailoverMember;
import io.farshore.failover.plan.StepName;
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
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Moves that people ask for. */
@Path("/v1/applications/{name:[^/:]+}:failover")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "executions")
public class FailoverResource {
  static final int REASON_CHARACTERS_MAX = 500;

  private final Access access;
  private final IdempotentCommands commands;
  private final SecurityIdentity caller;

  @Inject
  FailoverResource(Access access, IdempotentCommands commands, SecurityIdentity caller) {
    this.access = access;
    this.commands = commands;
    this.caller = caller;
  }

  /** Moves an application: a switchover while its primary is well, a failover otherwise. */
  @POST
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
      throw InvalidFieldsException.of("/reason", "1 to " + REASON_CHARACTERS_MAX + " characters");
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
                .chain(
                    id ->
                        access
                            .caughtUp()
                            .map(reached -> Views.execution(access.requireExecution(id))))
                .map(
                    execution ->
                        CommandAnswer.accepted("/v1/executions/" + execution.id(), execution)));
  }

  private static Set<StepName> steps(List<String> words) {
    Set<StepName> steps = EnumSet.noneOf(StepName.class);
    for (String word : words) {
      StepName step =
          StepName.of(word)
              .filter(known -> known != StepName.DETECT)
              .orElseThrow(
                  () ->
                      InvalidFieldsException.of(
                          "/holdBefore", "fence, promote, shift, verify or declare"));
      steps.add(step);
    }
    return steps;
  }
}
