package io.farshore.tlog;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.farshore.tlog", importOptions = ImportOption.DoNotIncludeTests.class)
class TlogArchTest {
  @ArchTest
  static final ArchRule KNOWS_THE_JDK_AND_THE_KERNEL_ONLY =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..", "io.farshore.tlog..", "io.farshore.kernel..", "org.jspecify..");

  @ArchTest
  static final ArchRule FEATURES_HAVE_NO_CYCLES =
      slices().matching("io.farshore.tlog.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule ONLY_THE_DISK_KEY_FILES_AND_COPIES_TOUCH_FILES =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.farshore.tlog.disk..", "io.farshore.tlog.key..", "io.farshore.tlog.copy..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.nio.file.Files");
}
