package io.farshore.failover.rest;

import io.farshore.contracts.Page;
import io.farshore.contracts.failover.Application;
import io.farshore.contracts.failover.ApplicationSpec;
import io.farshore.failover.application.Declaration;
import io.farshore.failover.application.DeclarationReader;
import io.farshore.failover.application.ProtectedApplication;
import io.farshore.failover.control.ApplicationRecord;
import io.farshore.failover.control.ControlCommand.Declare;
import io.farshore.failover.member.FailoverMember;
import io.farshore.quarkus.security.Roles;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The catalogue. */
@Path("/v1/applications")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "applications")
public class ApplicationResource {
  private final Access access;
  private final ConditionBook conditions;
  private final SecurityIdentity caller;
  private final Clock wallClock;

  @Inject
  ApplicationResource(
      Access access, ConditionBook conditions, SecurityIdentity caller, Clock wallClock) {
    this.access = access;
    this.conditions = conditions;
    this.caller = caller;
    this.wallClock = wallClock;
  }

  @GET
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.SERVICE})
  @Operation(operationId = "listApplications", summary = "Every protected application")
  public Uni<Page<Application>> list() {
    return access.ask(
        () ->
            new Page<>(
                access.member().state().applications().values().stream().map(this::view).toList(),
                null));
  }

  @GET
  @Path("/{name}")
  @RolesAllowed({Roles.VIEWER, Roles.OPERATOR, Roles.APPROVER, Roles.AUDITOR, Roles.SERVICE})
  @Operation(operationId = "getApplication", summary = "One application and how it is")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Application.class)))
  public Uni<Response> get(@PathParam("name") String name) {
    return access.ask(() -> answer(200, view(access.require(name))));
  }

  /**
   * Declares an application, or changes its declaration. The first time without {@code If-Match};
   * afterwards with the {@code ETag} that was read.
   */
  @PUT
  @Path("/{name}")
  @RolesAllowed(Roles.OPERATOR)
  @Operation(operationId = "putApplication", summary = "Declare an application or change it")
  @APIResponse(
      responseCode = "200",
      content = @Content(schema = @Schema(implementation = Application.class)))
  public Uni<Response> put(
      @PathParam("name") String name,
      @HeaderParam("If-Match") @Nullable String ifMatch,
      ApplicationSpec spec) {
    return switch (DeclarationReader.read(name, spec)) {
      case Declaration.Valid(ProtectedApplication application) ->
          declare(application, ETags.generation(ifMatch));
      case Declaration.Invalid(var errors) -> throw new InvalidFieldsException(errors);
    };
  }

  private Uni<Response> declare(ProtectedApplication application, @Nullable Long expected) {
    FailoverMember member = access.member();
    Declare command =
        new Declare(
            application.id(),
            application,
            expected,
            caller.getPrincipal().getName(),
            wallClock.instant(),
            member.quorum().self());
    return access
        .uni(() -> member.require(command))
        .chain(
            accepted ->
                access
                    .caughtUp()
                    .chain(
                        reached ->
                            access.ask(
                                () ->
                                    answer(
                                        accepted.generation() == 1 && expected == null ? 201 : 200,
                                        view(access.require(application.id().value()))))));
  }

  private Application view(ApplicationRecord record) {
    return Views.application(access.member(), record, conditions.of(access.member(), record));
  }

  private static Response answer(int status, Application application) {
    return Response.status(status)
        .entity(application)
        .header("ETag", ETags.of(application.metadata().generation()))
        .build();
  }
}
