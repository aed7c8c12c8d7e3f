package io.farshore.audit.log.rest;

import io.farshore.audit.log.AuditLog;
import io.farshore.audit.log.ReadAccess;
import io.farshore.kernel.ErrorCategory;
import io.farshore.kernel.ErrorCode;
import io.farshore.kernel.FarshoreException;
import io.farshore.quarkus.security.Roles;
import io.farshore.tlog.note.VerifierKey;
import io.farshore.tlog.tile.EntryBundle;
import io.farshore.tlog.tile.HashTile;
import io.farshore.tlog.tile.LogFiles;
import io.farshore.tlog.tile.LogResource;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The log's published files under the paths of C2SP tlog-tiles, below the prefix /v1/log. */
@Path("/v1/log")
@Tag(name = "log")
public class LogFilesResource {
  static final ErrorCode FILE_NOT_FOUND =
      ErrorCode.permanent("log-file-not-found", ErrorCategory.NOT_FOUND);

  private static final String TEXT = "text/plain; charset=utf-8";

  /** A checkpoint a second; a cache may hold one for no longer. */
  private static final String CHANGING = "private, max-age=1";

  private static final String IMMUTABLE = "private, max-age=31536000, immutable";

  private final AuditLog log;
  private final LogFiles files;
  private final VerifierKey key;
  private final ReadAccess access;

  @Inject
  LogFilesResource(AuditLog log, LogFiles files, VerifierKey key, ReadAccess access) {
    this.log = log;
    this.files = files;
    this.key = key;
    this.access = access;
  }

  @GET
  @Path("/checkpoint")
  @Produces(TEXT)
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.SERVICE})
  @Operation(summary = "The newest signed checkpoint (C2SP tlog-checkpoint)")
  public Response checkpoint() {
    return Response.ok(files.readCheckpoint().orElseThrow(() -> notFound("checkpoint")), TEXT)
        .header(HttpHeaders.CACHE_CONTROL, CHANGING)
        .build();
  }

  @GET
  @Path("/vkey")
  @Produces(TEXT)
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.SERVICE})
  @Operation(summary = "The public key that checkpoints are verified with (C2SP signed-note vkey)")
  public String vkey() {
    return key + "\n";
  }

  @GET
  @Path("/tile/{path:.+}")
  @Produces(MediaType.APPLICATION_OCTET_STREAM)
  @RolesAllowed(Roles.AUDITOR)
  @Operation(summary = "A tile or an entry bundle (C2SP tlog-tiles)")
  public Response tile(
      @PathParam("path") String path,
      @Context SecurityContext security,
      @Context HttpServerRequest request) {
    LogResource resource =
        LogResource.parse("tile/" + path)
            .filter(this::isPublished)
            .orElseThrow(() -> notFound(path));
    byte[] content = files.read(resource).orElseThrow(() -> notFound(path));
    if (resource instanceof EntryBundle) {
      access.readBulk(
          security.getUserPrincipal().getName(),
          String.valueOf(request.remoteAddress()),
          "entry bundles");
    }
    return Response.ok(content, MediaType.APPLICATION_OCTET_STREAM)
        .header(HttpHeaders.CACHE_CONTROL, IMMUTABLE)
        .build();
  }

  /** What no checkpoint covers yet may be on the disk and must not be cached for ever. */
  private boolean isPublished(LogResource resource) {
    long size = log.published().size();
    long end = resource.index() * LogResource.WIDTH_FULL + resource.width();
    return switch (resource) {
      case EntryBundle bundle -> end <= size;
      case HashTile tile -> end <= HashTile.hashes(tile.level(), size);
    };
  }

  private static FarshoreException notFound(String path) {
    return new FarshoreException(
        FILE_NOT_FOUND, "The log has no such published file", Map.of("path", path));
  }
}
