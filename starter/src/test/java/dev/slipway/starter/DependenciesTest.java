package dev.slipway.starter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.slipway.workflows.testing.Boundaries;
import org.junit.jupiter.api.Test;

class DependenciesTest {
    private static final JavaClasses STARTER = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.slipway.starter");

    @Test
    void slacksLibraryStaysInItsModule() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "com.slack.api..", "okhttp3..", "okio..", "com.google.gson..", "org.java_websocket..")
                .because("messages and answers are JSON of ours, and its HTTP client may change with its version")
                .check(STARTER);
    }

    @Test
    void theDatabaseStaysBehindTheRecords() {
        Boundaries.THE_DATABASE_STAYS_BEHIND_THE_RECORDS.check(STARTER);
    }

    @Test
    void nothingThatPeopleWriteIsEvaluated() {
        Boundaries.NOTHING_IS_EVALUATED.check(STARTER);
    }

    @Test
    void tokensAreReadInOnePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.slipway.starter.identity")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.nimbusds..")
                .because("whoever asks is told apart at one door, and its library may be another one tomorrow")
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.slipway.starter"));
    }
}
