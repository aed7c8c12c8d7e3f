package io.farshore.quorum;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.farshore.quorum",
    importOptions = ImportOption.DoNotIncludeTests.class)
class QuorumArchTest {
  @ArchTest
  static final ArchRule ONLY_THE_TRANSPORT_KNOWS_VERTX =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.farshore.quorum.transport")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..", "io.netty..", "io.quarkus..", "jakarta..");

  @ArchTest
  static final ArchRule LEASES_ARE_PURE =
      noClasses()
          .that()
          .resideInAPackage("io.farshore.quorum.lease")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.microraft..", "java.io..", "java.nio..", "java.net..");

  @ArchTest
  static final ArchRule ONLY_THE_TRANSPORT_OPENS_SOCKETS =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.farshore.quorum.transport")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.net..");

  @ArchTest
  static final ArchRule NO_REFLECTION =
      noClasses().should().dependOnClassesThat().resideInAPackage("java.lang.reflect..");

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices().matching("io.farshore.quorum.(*)..").should().beFreeOfCycles();
}
