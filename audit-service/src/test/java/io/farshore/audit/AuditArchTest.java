package io.farshore.audit;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.farshore.audit",
    importOptions = ImportOption.DoNotIncludeTests.class)
class AuditArchTest {
  @ArchTest
  static final ArchRule CORE_KNOWS_NO_FRAMEWORK =
      noClasses()
          .that()
          .resideOutsideOfPackages("..rest..", "..messaging..", "..wiring..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.quarkus..",
              "io.vertx..",
              "jakarta..",
              "io.smallrye..",
              "org.eclipse.microprofile..",
              "io.micrometer..",
              "org.jboss..");

  @ArchTest
  static final ArchRule CORE_KNOWS_NO_ADAPTER =
      noClasses()
          .that()
          .resideOutsideOfPackages("..rest..", "..messaging..", "..wiring..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.farshore.audit..rest..",
              "io.farshore.audit..messaging..",
              "io.farshore.audit..wiring..");

  @ArchTest
  static final ArchRule FEATURES_HAVE_NO_CYCLES =
      slices().matching("io.farshore.audit.(*)..").should().beFreeOfCycles();
}
