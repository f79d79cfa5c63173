package dev.slipway.workflows.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.Actor;
import dev.slipway.model.Fact;
import dev.slipway.model.Outcome;
import dev.slipway.model.Phase;
import dev.slipway.model.Report;
import dev.slipway.model.StageView;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.api.ReleaseResult;
import dev.slipway.workflows.api.SignedAttestation;
import dev.slipway.workflows.testing.Plans;
import dev.slipway.workflows.testing.Scenario;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A stage behind {@code require}: what it waits for, what lets it go on, what refuses it. */
class RequireTest {
    private static final Actor EVE = new Actor("eve", Set.of("others"));

    @Test
    void waitsForWhatIsMissingAndGoesOnWhenItIsHandedIn() {
        try (Scenario slipway = new Scenario("production")) {
            ReleaseOrder order = order(slipway, "unit-tests", "code-review");
            slipway.start(order.as(1, List.of(slipway.handedIn(order, Plans.CI, passed(order, "unit-tests")))));
            StageView waiting = slipway.awaitPhase(order, "production", "WAITING");
            assertThat(waiting.waitingFor()).isEqualTo("evidence code-review");
            assertThat(waiting.reason()).isEqualTo("code-review: nobody has handed it in");
            assertThat(slipway.details(order, "production")).contains("waits for evidence code-review");

            String said = attest(slipway, order, Plans.CI, passed(order, "code-review"));
            ReleaseResult result = slipway.end(order);

            assertThat(said).isEqualTo("1 piece of evidence by ci on record");
            assertThat(result.outcome()).isInstanceOf(Outcome.Promoted.class);
            assertThat(result.view().stages().get(0).steps().stream()
                            .filter(step -> step.kind().equals("require"))
                            .flatMap(step -> step.evidence().stream()))
                    .extracting(evidence -> evidence.name() + " " + evidence.link())
                    .containsExactly("unit-tests https://ci/unit-tests", "code-review https://ci/code-review");
            assertThat(slipway.records.of(Fact.Kind.ATTESTED))
                    .extracting(fact -> fact.what() + " " + fact.details().get("subject"))
                    .containsExactly(
                            "ci attested unit-tests passed " + order.digests().image(),
                            "ci attested code-review passed " + order.digests().image());
        }
    }

    @Test
    void whatWasHandedInWithTheRequestIsNotWaitedFor() {
        try (Scenario slipway = new Scenario("development", "production")) {
            ReleaseOrder order = slipway.order(
                    "2.0.0",
                    Plans.behind(Plans.rolling("development"), Plans.require("unit-tests")),
                    Plans.behind(Plans.rolling("production"), Plans.require("unit-tests")));
            slipway.start(order.as(1, List.of(slipway.handedIn(order, Plans.CI, passed(order, "unit-tests")))));

            assertThat(slipway.end(order).outcome()).isInstanceOf(Outcome.Promoted.class);
            assertThat(slipway.records.of(Fact.Kind.MOVED))
                    .noneMatch(fact -> "WAITING".equals(fact.details().get("phase")));
        }
    }

    @Test
    void whatIsHandedInWhileAnotherStageRunsIsThereWhenItIsNeeded() {
        try (Scenario slipway = new Scenario("development", "production")) {
            ReleaseOrder order = slipway.start(
                    "2.0.0",
                    Plans.behind(Plans.rolling("development"), Plans.require("unit-tests")),
                    Plans.behind(Plans.rolling("production"), Plans.require("code-review")));
            slipway.awaitPhase(order, "development", "WAITING");

            attest(slipway, order, Plans.CI, passed(order, "code-review"), passed(order, "unit-tests"));

            assertThat(slipway.end(order).outcome()).isInstanceOf(Outcome.Promoted.class);
        }
    }

    @Test
    void whatHasFailedRefusesTheStageBeforeAnythingIsTouched() {
        try (Scenario slipway = new Scenario("production")) {
            ReleaseOrder order = slipway.start(order(slipway, "unit-tests", "code-review"));
            slipway.awaitPhase(order, "production", "WAITING");

            attest(slipway, order, Plans.CI, Plans.report(order, "unit-tests", Report.Status.FAILED));
            Outcome outcome = slipway.end(order).outcome();

            assertThat(outcome).isInstanceOf(Outcome.Refused.class);
            assertThat(outcome.reason()).startsWith("require: unit-tests: failed, handed in by ci");
            assertThat(slipway.cluster.history()).noneMatch(event -> event.contains("helm upgrade"));
        }
    }

    @Test
    void whatFailsBehindTheRolloutUndoesIt() {
        try (Scenario slipway = new Scenario("production")) {
            slipway.cluster.running("production", "podinfo", "1.0.0");
            ReleaseOrder order = slipway.start("2.0.0", Plans.rolling("production", Plans.require("load-test")));
            slipway.awaitPhase(order, "production", "WAITING");

            attest(slipway, order, Plans.CI, Plans.report(order, "load-test", Report.Status.FAILED));

            assertThat(slipway.end(order).outcome()).isInstanceOf(Outcome.RolledBack.class);
            assertThat(slipway.cluster.history()).anyMatch(event -> event.contains("helm rollback podinfo"));
        }
    }

    @Test
    void whatIsTooOldOrSomebodyElsesLeavesItWaitingUntilItExpires() {
        try (Scenario slipway = new Scenario("production")) {
            ReleaseOrder order = slipway.start(order(slipway, "unit-tests", "code-review"));
            slipway.awaitPhase(order, "production", "WAITING");
            Report old = new Report(
                    "unit-tests",
                    Report.Status.PASSED,
                    order.digests().image(),
                    "",
                    Instant.EPOCH,
                    Plans.digest("old"));
            attest(slipway, order, Plans.CI, old);
            attest(slipway, order, EVE, passed(order, "code-review"));

            ReleaseResult result = slipway.end(order);

            assertThat(result.outcome()).isInstanceOf(Outcome.Expired.class);
            assertThat(result.outcome().reason())
                    .isEqualTo("evidence is missing at production/require after PT72H: unit-tests: it is from"
                            + " 1970-01-01T00:00:00Z, older than PT168H; code-review: there is only that of eve, who is"
                            + " not in ci");
            assertThat(slipway.cluster.history()).noneMatch(event -> event.contains("helm upgrade"));
        }
    }

    @Test
    void whatDoesNotCountIsRefusedWithASentence() {
        try (Scenario slipway = new Scenario("production")) {
            ReleaseOrder order = slipway.start(order(slipway, "unit-tests"));
            slipway.awaitPhase(order, "production", "WAITING");
            Report foreign = new Report(
                    "unit-tests",
                    Report.Status.PASSED,
                    Plans.digest("another image"),
                    "",
                    Instant.now(),
                    Plans.digest("x"));
            SignedAttestation good = slipway.handedIn(order, Plans.CI, passed(order, "unit-tests"));
            SignedAttestation forged = new SignedAttestation(
                    slipway.handedIn(order, Plans.CI, passed(order, "unit-tests"))
                            .attestation(),
                    "k1",
                    good.signature());

            assertThatThrownBy(() -> attest(slipway, order, Plans.CI, foreign))
                    .rootCause()
                    .hasMessageContaining("neither the image");
            assertThatThrownBy(() -> slipway.release(order).attest(forged))
                    .rootCause()
                    .hasMessageContaining("not signed by the starter");
            assertThat(slipway.stage(order, "production").view().state()).isEqualTo("WAITING");
        }
    }

    @Test
    void aSignalSentByHandChangesNothingAndIsOnRecord() {
        try (Scenario slipway = new Scenario("production")) {
            ReleaseOrder order = slipway.start(order(slipway, "unit-tests"));
            slipway.awaitPhase(order, "production", "WAITING");
            SignedAttestation signed = slipway.handedIn(order, Plans.CI, passed(order, "unit-tests"));

            slipway.stage(order, "production").attested(null);
            slipway.stage(order, "production").attested(new SignedAttestation(signed.attestation(), "k1", "c2lnbmVk"));

            Scenario.awaitThat(
                    "both are on record",
                    () -> slipway.records.of(Fact.Kind.IGNORED).size() == 2);
            assertThat(slipway.records.of(Fact.Kind.IGNORED))
                    .extracting(Fact::what)
                    .allMatch(what -> what.startsWith("evidence past the starter changed nothing: "));
            assertThat(slipway.stage(order, "production").view().state()).isEqualTo(Phase.WAITING.name());
        }
    }

    private static ReleaseOrder order(Scenario slipway, String... evidence) {
        return slipway.order("2.0.0", Plans.behind(Plans.rolling("production"), Plans.require(evidence)));
    }

    private static String attest(Scenario slipway, ReleaseOrder order, Actor by, Report... reports) {
        return slipway.release(order).attest(slipway.handedIn(order, by, reports));
    }

    private static Report passed(ReleaseOrder order, String name) {
        return Plans.report(order, name, Report.Status.PASSED);
    }
}
