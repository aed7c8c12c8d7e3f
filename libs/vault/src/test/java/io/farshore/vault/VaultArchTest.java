package io.farshore.vault;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.farshore.vault",
    importOptions = ImportOption.DoNotIncludeTests.class)
class VaultArchTest {
  @ArchTest
  static final ArchRule VAULT_KNOWS_NO_FRAMEWORK_AND_NO_SERVICE =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "javax.crypto..",
              "org.jspecify..",
              "io.farshore.kernel..",
              "io.farshore.vault..",
              "com.fasterxml.jackson..",
              "com.github.luben.zstd..");

  @ArchTest
  static final ArchRule ONLY_ONE_CLASS_KNOWS_THE_COMPRESSOR =
      noClasses()
          .that()
          .doNotHaveSimpleName("ZstdCompression")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.github.luben.zstd..");

  @ArchTest
  static final ArchRule PORTS_DO_NOT_KNOW_WHO_USES_THEM =
      noClasses()
          .that()
          .resideInAnyPackage("..vault.copy..", "..vault.key..", "..vault.chunk..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..vault.pack..",
              "..vault.manifest..",
              "..vault.backup..",
              "..vault.restore..",
              "..vault.repository..");
}
