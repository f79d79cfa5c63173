package dev.slipway.activities.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.activities.difference.Comparison;
import dev.slipway.activities.difference.Side;
import dev.slipway.model.Difference;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What Helm keeps of a revision, as one side of a comparison. */
class ProspectTest {
    private static final String MANIFEST = "---\nkind: Service\nmetadata: { name: podinfo }\n";
    private static final String HOOK =
            "kind: Job\nmetadata: { name: migrate, annotations: { helm.sh/hook: pre-upgrade } }\n";
    private static final String TEST = "kind: Pod\nmetadata: { name: probe, annotations: { helm.sh/hook: test } }\n";
    private static final String OURS =
            "slipway podinfo@6.9.1 attempt 2 production STABLE run=abc epoch=3 prior=2 writer=w1";

    private static StoredRevision stored(String description) {
        return HelmSecret.of(
                4, "deployed", description, MANIFEST, Map.of("image", Map.of("tag", "6.9.1")), List.of(HOOK, TEST));
    }

    @Test
    void aRevisionSaysWhoseItIs() {
        assertThat(stored(OURS).title()).isEqualTo("podinfo@6.9.1 (revision 4, chart sample-0.1.0)");
        assertThat(stored("Upgrade complete").title())
                .isEqualTo("what somebody deployed past Slipway (revision 4, chart sample-0.1.0)");
        assertThat(stored(OURS + " undo-to=3").title())
                .as("the description names the version that was undone")
                .isEqualTo("what an undo put back (revision 4, chart sample-0.1.0, as revision 3)");
    }

    @Test
    void hooksThatADeploymentRunsAreComparedTooAndTestsAreNot() {
        StoredRevision before = stored(OURS);

        assertThat(before.deployed())
                .extracting(one -> one.path("kind").asText())
                .containsExactly("Service", "Job");
        assertThat(before.objects())
                .extracting(one -> one.path("kind").asText())
                .containsExactly("Service");
    }

    @Test
    void aHookThatComesWithAVersionIsToBeLookedAtTwice() {
        StoredRevision before = HelmSecret.of(4, "deployed", OURS, MANIFEST);
        StoredRevision after = stored(OURS);

        Difference difference = Comparison.of(side(before), side(after)).difference();

        assertThat(difference.lookTwice()).containsExactly("Job/migrate: runs as a hook, pre-upgrade");
        assertThat(difference.objects()).containsExactly("Job/migrate new, +5");
        assertThat(difference.values()).containsExactly("image.tag: (absent) -> \"6.9.1\"");
    }

    private static Side side(StoredRevision revision) {
        return new Side(
                revision.title(), "home", new ObjectMapper().valueToTree(revision.values()), revision.deployed());
    }
}
