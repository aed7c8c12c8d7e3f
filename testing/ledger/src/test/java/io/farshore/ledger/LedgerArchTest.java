package io.farshore.ledger;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.farshore.ledger",
    importOptions = ImportOption.DoNotIncludeTests.class)
class LedgerArchTest {
  @ArchTest
  static final ArchRule knowsNothingOfFarshore =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.farshore..").and(resideOutsideOfPackage("io.farshore.ledger..")))
          .because("it is the customer's application, and Farshore must not need its help");

  @ArchTest
  static final ArchRule booksKnowNothingOfHttp =
      noClasses()
          .that()
          .resideInAPackage("io.farshore.ledger.store..")
          .should()
          .dependOnClassesThat(resideInAPackage("jakarta.ws.rs.."));
}
