package io.farshore.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.farshore.gateway",
    importOptions = ImportOption.DoNotIncludeTests.class)
class GatewayArchTest {
  @ArchTest
  static final ArchRule cores_know_no_framework =
      noClasses()
          .that()
          .resideInAnyPackage("..routing", "..table", "..health")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.quarkus..", "io.vertx..", "io.netty..", "io.smallrye..", "jakarta..");

  @ArchTest
  static final ArchRule routing_depends_on_nothing_but_the_kernel =
      noClasses()
          .that()
          .resideInAPackage("..routing")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages(
              "java..", "org.jspecify..", "io.farshore.kernel..", "io.farshore.gateway.routing..");

  @ArchTest
  static final ArchRule the_data_plane_knows_no_quarkus =
      noClasses()
          .that()
          .resideInAPackage("..proxy")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.quarkus..", "jakarta..", "io.farshore.gateway.wiring..");

  @ArchTest
  static final ArchRule routing_decisions_do_no_io =
      noClasses()
          .that()
          .resideInAPackage("..routing")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.net..", "java.io..", "java.nio..", "java.time.chrono..");
}
