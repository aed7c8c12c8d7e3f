package io.farshore.audit.log.rest;

import io.farshore.audit.log.ReadAccess;
import io.farshore.contracts.Page;
import io.farshore.contracts.audit.AuditEntryView;
import io.farshore.quarkus.security.Roles;
import io.vertx.core.http.HttpServerRequest;
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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The log's entries, for auditors. That they were read becomes an entry first. */
@Path("/v1/entries")
@Tag(name = "entries")
@RolesAllowed(Roles.AUDITOR)
public class EntriesResource {
  private static final int LIMIT_MAX = 500;

  private final EntryPages pages;
  private final ReadAccess access;

  @Inject
  EntriesResource(EntryPages pages, ReadAccess access) {
    this.pages = pages;
    this.access = access;
  }

  @GET
  @Operation(summary = "Published entries, in the log's order or the newest first")
  public Page<AuditEntryView> entries(
      @QueryParam("limit") @DefaultValue("50") @Min(1) @Max(LIMIT_MAX) int limit,
      @QueryParam("continue") @Nullable String continueToken,
      @Parameter(
              schema =
                  @Schema(
                      type = SchemaType.STRING,
                      enumeration = {"oldest", "newest"}))
          @QueryParam("order")
          @DefaultValue("oldest")
          EntryOrder order,
      @Context SecurityContext security,
      @Context HttpServerRequest request) {
    EntryPages.Range range = pages.range(limit, continueToken, order);
    access.read(
        security.getUserPrincipal().getName(),
        String.valueOf(request.remoteAddress()),
        "entries",
        Map.of("from", range.from(), "count", range.count()));
    return pages.page(range, order);
  }

  @GET
  @Path("/{index}/proof")
  @Produces(MediaType.TEXT_PLAIN)
  @Operation(summary = "Proof that an entry is in the log (C2SP tlog-proof), with a checkpoint")
  public byte[] proof(
      @PathParam("index") @Min(0) long index,
      @Context SecurityContext security,
      @Context HttpServerRequest request) {
    access.readBulk(
        security.getUserPrincipal().getName(), String.valueOf(request.remoteAddress()), "proofs");
    return pages.proof(index);
  }
}
