package dev.slipway.workflows.stage;

import dev.slipway.model.Difference;
import dev.slipway.model.Evidence;
import dev.slipway.model.Measured;
import dev.slipway.model.Resource;
import dev.slipway.workflows.api.DifferenceOrder;
import dev.slipway.workflows.undo.UndoLedger;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.CancellationScope;
import java.util.ArrayList;
import java.util.List;

/** What people are asked to agree to: what changes in this environment, and how long the way back takes. */
final class Proposal {
    private static final String UNDO = "undo";

    private final Site site;
    private final Ports ports;
    private final UndoLedger ledger;
    private final Board board;

    Proposal(Site site, Ports ports, UndoLedger ledger, Board board) {
        this.site = site;
        this.ports = ports;
        this.ledger = ledger;
        this.board = board;
    }

    /**
     * What is on the table.
     *
     * @param command that shows the whole difference
     */
    record Shown(Difference difference, String undo, String command) {
        List<Evidence> evidence() {
            List<Evidence> all = new ArrayList<>(difference.evidence(command));
            all.add(1, Evidence.of(UNDO, undo));
            return all;
        }
    }

    /** Looks at what is there now; whoever does not answer in time is no reason not to ask. */
    Shown look() {
        Difference difference = difference();
        List<Measured> measured = new ArrayList<>(site.measured());
        measured.addAll(board.view().deployments());
        boolean firstEver = difference.from().equals(Difference.NOTHING);
        return new Shown(
                difference,
                UndoTime.words(site.environment(), firstEver, site.routed(), measured),
                "slipway diff " + site.id() + " --environment "
                        + site.environment().name());
    }

    private Difference difference() {
        try {
            return ports.glance("what would change").compare(order());
        } catch (ActivityFailure failure) {
            if (CancellationScope.current().isCancelRequested()) {
                throw failure;
            }
            return Difference.unavailable(Failures.sentence(failure));
        }
    }

    private DifferenceOrder order() {
        return new DifferenceOrder(
                site.id(),
                site.release().digests(),
                site.stable(),
                site.release().bundle(),
                site.stage().valuesFiles(),
                site.release().image(),
                ledger.prior(Resource.STABLE));
    }
}
