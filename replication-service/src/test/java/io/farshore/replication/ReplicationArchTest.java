package io.farshore.replication;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.farshore.replication",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ReplicationArchTest {
  @ArchTest
  static final ArchRule LAG_IS_PURE =
      classes()
          .that()
          .resideInAPackage("io.farshore.replication.lag")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.farshore.replication.lag",
              "io.farshore.kernel..",
              "org.jspecify..",
              "java.lang..",
              "java.time..",
              "java.util..");

  @ArchTest
  static final ArchRule ONLY_THE_EDGE_KNOWS_THE_FRAMEWORK =
      noClasses()
          .that()
          .resideOutsideOfPackages("..rest..", "..wiring..", "..metrics..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "io.quarkus..",
                      "jakarta..",
                      "io.vertx..",
                      "io.smallrye..",
                      "io.farshore.quarkus..")
                  // Logging is part of every layer, and this needs no framework.
                  .and(resideOutsideOfPackage("io.farshore.quarkus.log")));

  @ArchTest
  static final ArchRule ONLY_DRIVERS_AND_THE_STORE_SPEAK_SQL =
      noClasses()
          .that()
          .resideOutsideOfPackages("..drivers..", "..store..", "..wiring..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "javax.sql..", "io.farshore.postgres..");
}
