package io.farshore.quarkus;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.farshore.quarkus",
    importOptions = ImportOption.DoNotIncludeTests.class)
class SupportArchTest {
  @ArchTest
  static final ArchRule KNOWS_NO_SERVICE_AND_NO_OTHER_LIBRARY =
      classes()
          .that()
          .resideInAPackage("io.farshore..")
          .should()
          .onlyDependOnClassesThat(
              com.tngtech.archunit.base.DescribedPredicate.describe(
                  "are of this library, of kernel, contracts or client, or not Farshore's",
                  type ->
                      !type.getPackageName().startsWith("io.farshore.")
                          || type.getPackageName().startsWith("io.farshore.quarkus")
                          || type.getPackageName().startsWith("io.farshore.kernel")
                          || type.getPackageName().startsWith("io.farshore.contracts")
                          || type.getPackageName().startsWith("io.farshore.client")));

  /** What is stored on disk or in a table must be testable without a framework. */
  @ArchTest
  static final ArchRule STORES_KNOW_NO_FRAMEWORK =
      noClasses()
          .that()
          .haveSimpleNameStartingWith("FileOutbox")
          .or()
          .haveSimpleNameStartingWith("OutboxSegment")
          .or()
          .haveSimpleNameStartingWith("OutboxCursor")
          .or()
          .haveSimpleName("TransactionalOutbox")
          .or()
          .haveSimpleName("EventRelay")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.quarkus..", "jakarta..", "io.vertx..", "io.smallrye..");
}
