package io.farshore.backup.point.rest;

import io.farshore.backup.point.RecoveryPoints;
import io.farshore.backup.point.store.IndexReconciler;
import io.farshore.backup.point.store.ReconcileReport;
import io.farshore.quarkus.security.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code POST /v1/recovery-points:reconcile}. Repeating it changes nothing, so it needs no key. */
@Path("/v1/recovery-points:reconcile")
@Produces(MediaType.APPLICATION_JSON)
public class ReconcileResource {
  private final RecoveryPoints points;
  private final IndexReconciler reconciler;

  @Inject
  ReconcileResource(RecoveryPoints points, IndexReconciler reconciler) {
    this.points = points;
    this.reconciler = reconciler;
  }

  @POST
  @RolesAllowed(Roles.OPERATOR)
  @Operation(summary = "Look at every copy again and make the index equal to what lies there")
  public ReconcileReport reconcile() {
    points.forget();
    return reconciler.reconcile();
  }
}
