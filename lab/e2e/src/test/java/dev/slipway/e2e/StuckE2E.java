package dev.slipway.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The revision to return to has gone from Helm's history, so the undo is stuck until somebody says what to do. */
class StuckE2E {

    @Test
    void retryUndoPutsBackWhatCouldNotBePutBackBefore() {
        try (Stuck stuck = Stuck.without("retry")) {
            stuck.restorePriorRevision();
            Shell.Result retry =
                    Cli.approver().run("retry-undo", stuck.release(), "--reason", "the revision is there again");
            Shell.Result end = Cli.ci().run("get", stuck.release(), "--watch", "-o", "json");

            assertThat(stuck.exit()).isEqualTo(14);
            assertThat(stuck.reason())
                    .contains("no longer in Helm's history")
                    .contains("docs/runbooks/SlipwayStuck.md");
            assertThat(retry.exit()).as("%s", retry).isZero();
            assertThat(end.exit()).as("%s", end).isEqualTo(10);
            assertThat(stuck.image()).contains(stuck.before().digest());
        }
    }

    @Test
    void thePageArrivesOnceAndIsClosedWhenTheUndoIsComplete() {
        try (Stuck stuck = Stuck.without("paged")) {
            OnCall.await(stuck.release(), "stuck", 1);
            stuck.restorePriorRevision();
            Cli.approver().run("retry-undo", stuck.release(), "--reason", "the revision is there again");
            Cli.ci().run("get", stuck.release(), "--watch", "-o", "json");
            OnCall.await(stuck.release(), "stuck", 2);

            assertThat(OnCall.page(stuck.release(), "stuck")).containsExactly("trigger critical", "resolve");
        }
    }

    @Test
    void acceptAsIsFromTemporalItselfEndsItWithoutANameAndFreesTheSlot() {
        try (Stuck stuck = Stuck.without("accept")) {
            Lab.temporal("workflow", "update", "execute", "--workflow-id", stuck.stage(), "--name", "acceptAsIs")
                    .must();
            Cli.ci().awaitOutcome(stuck.release(), "LEFT_AS_IS", Duration.ofMinutes(1));
            Shell.Result end = Cli.ci().run("get", stuck.release(), "--watch", "-o", "json");

            assertThat(end.exit()).as("%s", end).isEqualTo(19);
            assertThat(end.out()).contains("somebody with access to Temporal");
            assertThat(stuck.image()).contains(stuck.bad().digest());
        }
    }
}
