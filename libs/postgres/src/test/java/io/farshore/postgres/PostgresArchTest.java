package io.farshore.postgres;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.farshore.postgres",
    importOptions = ImportOption.DoNotIncludeTests.class)
class PostgresArchTest {
  @ArchTest
  static final ArchRule knows_no_framework =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.farshore.postgres..",
              "io.farshore.kernel..",
              "org.postgresql..",
              "org.jspecify..",
              "java..",
              "javax.net..");

  @ArchTest
  static final ArchRule only_the_edge_touches_the_driver =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.farshore.postgres")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.postgresql..");
}
