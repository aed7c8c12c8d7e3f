package io.farshore.failover;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.farshore.failover", importOptions = DoNotIncludeTests.class)
class FailoverArchTest {
  private static final String[] ADAPTERS = {"..rest..", "..quarkus..", "..drivers.."};

  @ArchTest
  static final ArchRule CORE_KNOWS_NO_FRAMEWORK =
      noClasses()
          .that()
          .resideOutsideOfPackages(ADAPTERS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.quarkus..",
              "io.vertx..",
              "io.smallrye..",
              "jakarta..",
              "org.hibernate..",
              "io.micrometer..",
              "org.jboss..",
              "io.farshore.quarkus..",
              "io.farshore.postgres..",
              "java.sql..",
              "java.net..");

  @ArchTest
  static final ArchRule CORE_KNOWS_NO_ADAPTER =
      noClasses()
          .that()
          .resideOutsideOfPackages(ADAPTERS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ADAPTERS);

  @ArchTest
  static final ArchRule CORE_READS_NO_CLOCK_OF_ITS_OWN =
      noClasses()
          .that()
          .resideOutsideOfPackages(ADAPTERS)
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class);

  @ArchTest
  static final ArchRule DECIDERS_ARE_PURE =
      noClasses()
          .that()
          .haveSimpleNameEndingWith("Decider")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.time.Clock")
          .orShould()
          .dependOnClassesThat()
          .haveSimpleName("MonotonicClock")
          .orShould()
          .dependOnClassesThat()
          .haveSimpleName("Scheduler");

  @ArchTest
  static final ArchRule RESOURCES_LIVE_IN_REST =
      classes().that().haveSimpleNameEndingWith("Resource").should().resideInAPackage("..rest..");
}
