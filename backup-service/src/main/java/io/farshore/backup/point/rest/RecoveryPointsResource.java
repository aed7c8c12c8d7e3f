package io.farshore.backup.point.rest;

import io.farshore.backup.point.PointViews;
import io.farshore.backup.point.RecoveryPoints;
import io.farshore.backup.run.rest.RunIds;
import io.farshore.contracts.Page;
import io.farshore.contracts.backup.RecoveryPoint;
import io.farshore.kernel.FarshoreException;
import io.farshore.quarkus.log.KeyedLog;
import io.farshore.quarkus.security.Roles;
import io.farshore.vault.VaultErrors;
import io.farshore.vault.manifest.RecoveryPointId;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** {@code /v1/recovery-points}. */
@Path("/v1/recovery-points")
@Produces(MediaType.APPLICATION_JSON)
public class RecoveryPointsResource {
  /** Each item is looked up in every copy. */
  static final int PAGE_MAX = 100;

  private static final KeyedLog LOG = KeyedLog.of(RecoveryPointsResource.class);

  private final RecoveryPoints points;
  private final PointViews views;

  @Inject
  RecoveryPointsResource(RecoveryPoints points, PointViews views) {
    this.points = points;
    this.views = views;
  }

  @GET
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.SERVICE})
  @Operation(summary = "Recovery points that lie in some copy, the newest first")
  public Page<RecoveryPoint> list(
      @QueryParam("application") @Nullable String application,
      @QueryParam("limit") @DefaultValue("20") @Min(1) @Max(PAGE_MAX) int limit,
      @QueryParam("continue") @Nullable String before) {
    List<RecoveryPointId> ids = points.ids(RunIds.token(before), limit + 1);
    List<RecoveryPoint> items = new ArrayList<>();
    for (RecoveryPointId id : ids.subList(0, Math.min(limit, ids.size()))) {
      try {
        RecoveryPoint point = views.view(points.require(id));
        if (application == null || application.equals(point.application())) {
          items.add(point);
        }
      } catch (FarshoreException e) {
        // No copy has a good manifest of it: there is nothing true to show. Asking for it by name
        // tells why; the metric of unreadable recovery points counts it.
        LOG.with("recoveryPointId", id)
            .with("error", e.describe())
            .warn("The recovery point cannot be read");
      }
    }
    boolean more = ids.size() > limit;
    return new Page<>(items, more ? ids.get(limit - 1).value() : null);
  }

  @GET
  @Path("{id}")
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.SERVICE})
  @Operation(summary = "One recovery point, and what each copy has of it")
  public RecoveryPoint point(@PathParam("id") String id) {
    RecoveryPointId known =
        RunIds.parse(id)
            .orElseThrow(
                () ->
                    new FarshoreException(
                        VaultErrors.RECOVERY_POINT_UNKNOWN,
                        "There is no such recovery point",
                        Map.of("recoveryPointId", id)));
    return views.view(points.require(known));
  }
}
