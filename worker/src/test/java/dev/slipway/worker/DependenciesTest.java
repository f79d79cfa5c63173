package dev.slipway.worker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.slipway.workflows.testing.Boundaries;
import org.junit.jupiter.api.Test;

/** The directions of docs/architecture.md that Maven's modules alone do not enforce. */
class DependenciesTest {
    private static final JavaClasses SLIPWAY = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.slipway");

    @Test
    void onlyTheApplicationsKnowSpring() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.slipway.worker..", "dev.slipway.starter..", "dev.slipway.authorizer..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..")
                .because("adapters and workflows must run in a plain test")
                .check(SLIPWAY);
    }

    @Test
    void kubernetesStaysBehindItsAdapters() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.slipway.activities.kubernetes..",
                        "dev.slipway.activities.fence..",
                        "dev.slipway.activities.door..",
                        "dev.slipway.activities.route..",
                        "dev.slipway.activities.check..",
                        "dev.slipway.activities.guard..",
                        "dev.slipway.activities.orphan..",
                        "dev.slipway.activities.load..",
                        "dev.slipway.activities.helm..",
                        "dev.slipway.worker..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.fabric8..")
                .because("the next version of the client must be a change of one package")
                .check(SLIPWAY);
    }

    @Test
    void theDatabaseStaysBehindTheRecords() {
        Boundaries.THE_DATABASE_STAYS_BEHIND_THE_RECORDS.check(SLIPWAY);
    }

    @Test
    void pagerDutysLibraryStaysBehindItsClient() {
        noClasses()
                .that()
                .haveNameNotMatching("dev\\.slipway\\.activities\\.page\\.LibraryClient(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.github.dikhan..", "com.mashape..", "org.apache.http..", "org.json..")
                .because("it is of 2021, and must be a class to delete the day it fails an audit")
                .check(SLIPWAY);
    }

    @Test
    void slacksLibraryStaysInItsModule() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.slipway.slack..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "com.slack.api..", "okhttp3..", "okio..", "com.google.gson..", "org.java_websocket..")
                .because("messages and answers are JSON of ours, and its HTTP client may change with its version")
                .check(SLIPWAY);
    }

    @Test
    void howSlackIsSpokenToKnowsNothingOfReleases() {
        noClasses()
                .that()
                .resideInAPackage("dev.slipway.slack..")
                .should()
                .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("dev.slipway..")
                        .and(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage("dev.slipway.slack.."))))
                .because("the worker that tells and the starter that listens share it, and nothing else of it")
                .check(SLIPWAY);
    }

    @Test
    void workflowsKnowNoAdapter() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.slipway.model..", "dev.slipway.workflows..", "dev.slipway.pipeline..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.slipway.activities..", "dev.slipway.worker..")
                .because("the ports are the activity interfaces, and adapters depend on them")
                .check(SLIPWAY);
    }

    @Test
    void nothingThatPeopleWriteIsEvaluated() {
        Boundaries.NOTHING_IS_EVALUATED.check(SLIPWAY);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.slipway.(*)..").should().beFreeOfCycles().check(SLIPWAY);
        slices().matching("dev.slipway.activities.(*)..")
                .should()
                .beFreeOfCycles()
                .check(SLIPWAY);
    }

    @Test
    void namesSayWhatAThingIs() {
        noClasses()
                .should()
                .haveNameMatching(".*[a-z0-9](Manager|Helper|Utils?)")
                .because("a reader finds the room of a thing by its name")
                .check(SLIPWAY);
    }
}
