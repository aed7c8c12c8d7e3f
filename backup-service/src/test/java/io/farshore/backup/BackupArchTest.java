package io.farshore.backup;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.farshore.backup",
    importOptions = ImportOption.DoNotIncludeTests.class)
class BackupArchTest {
  @ArchTest
  static final ArchRule CORES_KNOW_NO_FRAMEWORK_AND_NO_DRIVER =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.farshore.backup.run",
              "io.farshore.backup.point",
              "io.farshore.backup.restore",
              "io.farshore.backup.event",
              "io.farshore.backup.journal")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.quarkus..",
              "io.vertx..",
              "io.smallrye..",
              "jakarta..",
              "java.sql..",
              "org.hibernate..",
              "org.jboss..",
              "io.micrometer..",
              "io.farshore.quarkus..",
              "io.farshore.postgres..",
              "io.farshore.backup..rest..",
              "io.farshore.backup..store..",
              "io.farshore.backup..drivers..");

  @ArchTest
  static final ArchRule ONLY_DRIVERS_SPEAK_TO_THE_APPLICATIONS_DATABASE =
      noClasses()
          .that()
          .resideOutsideOfPackages("..drivers..")
          .and()
          .doNotHaveSimpleName("BackupBeans")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.farshore.postgres..");
}
