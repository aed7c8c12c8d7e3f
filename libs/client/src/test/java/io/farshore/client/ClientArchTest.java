package io.farshore.client;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.farshore.client",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ClientArchTest {
  @ArchTest
  static final ArchRule KNOWS_NO_FRAMEWORK =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.farshore.client..",
              "io.farshore.kernel..",
              "io.farshore.contracts..",
              "com.fasterxml.jackson..",
              "org.jspecify..",
              "java..");
}
