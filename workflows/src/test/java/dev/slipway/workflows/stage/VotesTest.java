package dev.slipway.workflows.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Actor;
import dev.slipway.workflows.api.Decision;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.api.SignedDecision;
import dev.slipway.workflows.testing.Plans;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Several people at one moment: the first decision in the history counts, and the next one is told so (T13). */
class VotesTest {
    private final KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    private final ReleaseOrder order = Plans.writtenBy(
            Plans.order(
                    "2.0.0",
                    Map.of(
                            "k1",
                            Base64.getEncoder().encodeToString(keys.getPublic().getEncoded())),
                    Plans.rolling("production")),
            "author",
            "stranger@example.com");
    private final Votes votes = new Votes(order, Plans.approve(2), "production/approve");

    VotesTest() throws GeneralSecurityException {}

    @Test
    void aNoThatComesAfterTheLastYesIsTooLate() {
        assertThat(said("approver-1", Decision.Choice.APPROVE)).isEmpty();
        assertThat(said("approver-2", Decision.Choice.APPROVE)).isEmpty();

        assertThat(said("approver-3", Decision.Choice.REJECT).orElseThrow()).contains("has its approvals already");
        assertThat(votes.approved()).isTrue();
    }

    @Test
    void aYesThatComesAfterANoIsTooLate() {
        assertThat(said("approver-1", Decision.Choice.REJECT)).isEmpty();

        assertThat(said("approver-2", Decision.Choice.APPROVE).orElseThrow())
                .contains("was rejected already, by approver-1");
        assertThat(votes.rejection()).isPresent();
    }

    @Test
    void thePersonWhoVotedTwiceIsCountedOnce() {
        assertThat(said("approver-1", Decision.Choice.APPROVE)).isEmpty();

        assertThat(said("approver-1", Decision.Choice.APPROVE).orElseThrow()).contains("one person has one vote");
        assertThat(votes.approved()).isFalse();
    }

    @Test
    void whoWroteItMayNotDecideNeitherYesNorNo() {
        for (Decision.Choice choice : Decision.Choice.values()) {
            assertThat(said("Author", choice).orElseThrow())
                    .isEqualTo("Author wrote what is released and may not decide on it;"
                            + " ask another member of deployers");
        }
        assertThat(said("ci", Decision.Choice.REJECT).orElseThrow())
                .as("nor may the requester")
                .contains("requested this release");

        assertThat(votes.rejection()).isEmpty();
        assertThat(votes.given()).isEmpty();
    }

    @Test
    void aNoIsNotCountedAmongTheApprovals() {
        said("approver-1", Decision.Choice.APPROVE);
        assertThat(votes.summary()).isEqualTo("1 of 2 approvals from deployers (approver-1)");

        said("approver-2", Decision.Choice.REJECT);

        assertThat(votes.summary()).isEqualTo("1 of 2 approvals from deployers (approver-1), rejected by approver-2");
    }

    private Optional<String> said(String person, Decision.Choice choice) {
        Decision decision = new Decision(
                order.release(),
                order.attempt(),
                "production/approve",
                order.digests().fingerprint(),
                new Actor(person, Set.of("deployers")),
                choice,
                "",
                person + choice,
                Instant.EPOCH);
        SignedDecision signed = SignedDecision.sign(decision, "k1", keys.getPrivate());
        Optional<String> refusal = votes.refusal(signed);
        if (refusal.isEmpty()) {
            votes.record(signed);
        }
        return refusal;
    }
}
