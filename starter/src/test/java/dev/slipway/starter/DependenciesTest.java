package dev.slipway.starter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.slipway.workflows.testing.PlainText;
import org.junit.jupiter.api.Test;

class DependenciesTest {
    private static final JavaClasses STARTER = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.slipway.starter");

    @Test
    void slacksLibraryStaysBehindSlackWeb() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.slipway.starter.SlackWeb")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.slack.api..", "okhttp3..", "okio..", "com.google.gson..")
                .because("messages and answers are JSON of ours, and its HTTP client may change with its version")
                .check(STARTER);
    }

    @Test
    void nothingThatPeopleWriteIsEvaluated() {
        PlainText.NOTHING_IS_EVALUATED.check(STARTER);
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
