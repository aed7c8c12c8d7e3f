package io.farshore.backup.restore.rest;

import io.farshore.backup.BackupErrors;
import io.farshore.backup.event.Origin;
import io.farshore.backup.restore.RestoreOrder;
import io.farshore.backup.restore.RestoreState;
import io.farshore.backup.restore.Restores;
import io.farshore.backup.run.rest.RunIds;
import io.farshore.contracts.Page;
import io.farshore.contracts.backup.Restore;
import io.farshore.contracts.backup.RestoreRequest;
import io.farshore.kernel.FarshoreException;
import io.farshore.kernel.Lsn;
import io.farshore.quarkus.idempotency.CommandAnswer;
import io.farshore.quarkus.idempotency.IdempotentCommands;
import io.farshore.quarkus.security.Roles;
import io.farshore.quarkus.trace.TraceContext;
import io.farshore.vault.VaultErrors;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** {@code /v1/restores}. */
@Path("/v1/restores")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class RestoresResource {
  static final int PAGE_MAX = 200;

  private final Restores restores;
  private final IdempotentCommands commands;
  private final SecurityIdentity caller;
  private final Clock clock;

  @Inject
  RestoresResource(
      Restores restores, IdempotentCommands commands, SecurityIdentity caller, Clock clock) {
    this.restores = restores;
    this.commands = commands;
    this.caller = caller;
    this.clock = clock;
  }

  @POST
  @RolesAllowed(Roles.OPERATOR)
  @Operation(summary = "Restore a recovery point into a directory below the restore root")
  @APIResponse(responseCode = "202", description = "Begun; follow the Location header")
  public Response start(
      @HeaderParam(IdempotentCommands.HEADER) @Nullable String key, RestoreRequest request) {
    Origin origin =
        new Origin(Optional.of(caller.getPrincipal().getName()), TraceContext.current());
    return commands.run(
        key,
        request,
        operationId -> {
          RecoveryPointId point =
              RunIds.parse(request.recoveryPoint())
                  .orElseThrow(
                      () ->
                          new FarshoreException(
                              VaultErrors.RECOVERY_POINT_UNKNOWN,
                              "There is no such recovery point",
                              Map.of("recoveryPointId", request.recoveryPoint())));
          Restores.View started =
              restores.start(
                  operationId,
                  point,
                  Optional.ofNullable(request.copy()),
                  request.directory(),
                  Optional.ofNullable(request.targetLsn()).map(RestoresResource::lsn),
                  origin);
          return CommandAnswer.accepted("/v1/restores/" + operationId, view(started));
        });
  }

  @GET
  @Path("{id}")
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.SERVICE})
  @Operation(summary = "One restore, with its progress")
  public Restore restore(@PathParam("id") String id) {
    return restores
        .find(id)
        .map(this::view)
        .orElseThrow(
            () ->
                new FarshoreException(
                    BackupErrors.RESTORE_UNKNOWN,
                    "There is no such restore",
                    Map.of("restoreId", id)));
  }

  @GET
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.SERVICE})
  @Operation(summary = "Restores, the newest first")
  public Page<Restore> list(
      @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(PAGE_MAX) int limit,
      @QueryParam("continue") @Nullable String before) {
    Optional<RecoveryPointId> token = RunIds.token(before);
    List<Restore> items =
        restores.list().stream()
            .filter(view -> token.isEmpty() || view.order().id().compareTo(token.get().value()) < 0)
            .limit(limit + 1L)
            .map(this::view)
            .toList();
    boolean more = items.size() > limit;
    List<Restore> shown = items.subList(0, Math.min(limit, items.size()));
    return new Page<>(List.copyOf(shown), more ? shown.getLast().id() : null);
  }

  private Restore view(Restores.View view) {
    RestoreOrder order = view.order();
    String wanted = order.copy().orElse(null);
    return switch (order.state()) {
      case RestoreState.Running running ->
          new Restore(
              order.id(),
              order.recoveryPoint().value(),
              wanted,
              order.directory().toString(),
              "running",
              view.restoredBytes(),
              order.startedAt(),
              null,
              Duration.between(order.startedAt(), clock.instant()),
              null);
      case RestoreState.Completed completed ->
          new Restore(
              order.id(),
              order.recoveryPoint().value(),
              String.join(",", completed.copies()),
              order.directory().toString(),
              "completed",
              completed.restoredBytes(),
              order.startedAt(),
              completed.at(),
              Duration.between(order.startedAt(), completed.at()),
              null);
      case RestoreState.Failed failed ->
          new Restore(
              order.id(),
              order.recoveryPoint().value(),
              wanted,
              order.directory().toString(),
              "failed",
              failed.restoredBytes(),
              order.startedAt(),
              failed.at(),
              Duration.between(order.startedAt(), failed.at()),
              failed.error());
    };
  }

  private static Lsn lsn(String text) {
    try {
      return Lsn.parse(text);
    } catch (IllegalArgumentException e) {
      throw new FarshoreException(
          BackupErrors.VALUE_INVALID,
          "targetLsn must look like 16/B374D848",
          Map.of("field", "targetLsn"),
          e);
    }
  }
}
