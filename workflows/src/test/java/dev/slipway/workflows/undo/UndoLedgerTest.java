package dev.slipway.workflows.undo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.EnvironmentName;
import dev.slipway.model.PriorState;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.Resource;
import dev.slipway.model.UndoResult;
import dev.slipway.model.UndoView;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What people see of the ledger. */
class UndoLedgerTest {
    private static final Instant BEGIN = Instant.parse("2026-11-22T09:00:00Z");

    private final UndoLedger ledger = new UndoLedger(
            new Stamp(ReleaseId.parse("podinfo@2.0.0"), 1, new EnvironmentName("production"), "run"),
            (priors, epoch) -> {});

    UndoLedgerTest() {
        ledger.open(Resource.ROUTE, PriorState.Absent::new);
    }

    @Test
    void whatIsNotUndoneHasNoTimes() {
        assertThat(ledger.view()).containsExactly(UndoView.open(Resource.ROUTE));
    }

    @Test
    void theFirstActIsTheBeginAndTheReadingBackTheEnd() {
        ledger.begin(Resource.ROUTE, BEGIN);
        assertThat(ledger.view()).containsExactly(new UndoView(Resource.ROUTE, "OPEN", "", BEGIN, null));

        ledger.begin(Resource.ROUTE, BEGIN.plusSeconds(3));
        ledger.settle(Resource.ROUTE, new UndoResult.Restored("as before"), BEGIN.plusSeconds(5));

        assertThat(ledger.view())
                .containsExactly(new UndoView(Resource.ROUTE, "RESTORED", "as before", BEGIN, BEGIN.plusSeconds(5)));
    }

    @Test
    void aSecondTryBeginsAnew() {
        ledger.begin(Resource.ROUTE, BEGIN);
        ledger.settle(Resource.ROUTE, new UndoResult.Failed("no route"), BEGIN.plusSeconds(5));

        ledger.forgive();
        ledger.begin(Resource.ROUTE, BEGIN.plusSeconds(600));

        assertThat(ledger.view())
                .containsExactly(new UndoView(Resource.ROUTE, "OPEN", "", BEGIN.plusSeconds(600), null));
    }

    @Test
    void whatWasPutBackKeepsItsTimesWhenSomethingElseIsTriedAgain() {
        ledger.begin(Resource.ROUTE, BEGIN);
        ledger.settle(Resource.ROUTE, new UndoResult.Restored("as before"), BEGIN.plusSeconds(5));

        ledger.forgive();

        assertThat(ledger.view().get(0).startedAt()).isEqualTo(BEGIN);
    }
}
