package io.farshore.backup.run.rest;

import io.farshore.backup.BackupErrors;
import io.farshore.backup.event.Origin;
import io.farshore.backup.point.store.IndexHistory;
import io.farshore.backup.run.BackupRuns;
import io.farshore.contracts.Page;
import io.farshore.contracts.backup.BackupRequest;
import io.farshore.contracts.backup.BackupRun;
import io.farshore.kernel.FarshoreException;
import io.farshore.quarkus.idempotency.CommandAnswer;
import io.farshore.quarkus.idempotency.IdempotentCommands;
import io.farshore.quarkus.security.Roles;
import io.farshore.quarkus.trace.TraceContext;
import io.farshore.vault.manifest.RecoveryPointId;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
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
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** {@code /v1/backup-runs}. */
@Path("/v1/backup-runs")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class BackupRunsResource {
  /** More than anybody reads at once. */
  static final int PAGE_MAX = 200;

  private final BackupRuns runs;
  private final IndexHistory history;
  private final IdempotentCommands commands;
  private final SecurityIdentity caller;
  private final Clock clock;

  @Inject
  BackupRunsResource(
      BackupRuns runs,
      IndexHistory history,
      IdempotentCommands commands,
      SecurityIdentity caller,
      Clock clock) {
    this.runs = runs;
    this.history = history;
    this.commands = commands;
    this.caller = caller;
    this.clock = clock;
  }

  @POST
  @RolesAllowed(Roles.OPERATOR)
  @Operation(summary = "Back up a database into all copies")
  @APIResponse(responseCode = "202", description = "Begun; follow the Location header")
  public Response start(
      @HeaderParam(IdempotentCommands.HEADER) @Nullable String key, BackupRequest request) {
    Origin origin =
        new Origin(Optional.of(caller.getPrincipal().getName()), TraceContext.current());
    return commands.run(
        key,
        request,
        operationId -> {
          RecoveryPointId id = new RecoveryPointId(operationId);
          BackupRuns.View started =
              runs.start(id, request.application(), request.component(), origin);
          return CommandAnswer.accepted(
              "/v1/backup-runs/" + id, RunViews.view(started, clock.instant()));
        });
  }

  @GET
  @Path("{id}")
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.SERVICE})
  @Operation(summary = "One run, with its progress")
  public BackupRun run(@PathParam("id") String id) {
    return RunIds.parse(id)
        .flatMap(
            known ->
                runs.find(known)
                    .map(view -> RunViews.view(view, clock.instant()))
                    .or(() -> history.run(known)))
        .orElseThrow(
            () ->
                new FarshoreException(
                    BackupErrors.RUN_UNKNOWN, "There is no such run", Map.of("runId", id)));
  }

  @GET
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.SERVICE})
  @Operation(summary = "Runs, the newest first")
  public Page<BackupRun> list(
      @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(PAGE_MAX) int limit,
      @QueryParam("continue") @Nullable String before) {
    return RunPages.page(runs.list(), history, before, limit, clock.instant());
  }
}
