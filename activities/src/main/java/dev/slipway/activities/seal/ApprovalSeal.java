package dev.slipway.activities.seal;

import dev.slipway.activities.OneLine;
import dev.slipway.activities.bundle.Bundles;
import dev.slipway.workflows.api.DeployOrder;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.undo.Stamp;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * People have approved exactly what is about to be deployed. Believed are the worker's own settings, the starter's
 * signatures and the bytes of the bundle; an order only says where to look.
 */
public final class ApprovalSeal implements Seal {
    private static final Logger LOG = LoggerFactory.getLogger(ApprovalSeal.class);

    private final SealRule rule;
    private final SealedContent content;
    private final Clock clock;

    /** Reads bundles from where the deployment reads them. */
    public ApprovalSeal(SealRule rule, Bundles bundles, Clock clock) {
        this.rule = rule;
        this.content = new SealedContent(rule.environment(), bundles);
        this.clock = clock;
    }

    @Override
    public void require(Stamp stamp, DeployOrder order) {
        SealedContent.Found found = content.of(stamp, order);
        Optional<String> refusal = found.fingerprint()
                .map(fingerprint -> new Tally(rule, stamp, fingerprint, clock.instant()).refusal(order.approvals()))
                .orElseGet(() -> Optional.of(found.wrong()));
        refusal.ifPresent(why -> {
            String sentence = sentence(stamp, why);
            // a stage that was started past the starter tells nobody
            LOG.warn("{} (stage run {})", sentence, OneLine.of(stamp.stageRun()));
            throw FailureType.UNAPPROVED.failure(sentence);
        });
    }

    private String sentence(Stamp stamp, String why) {
        return "the worker of " + rule.environment() + " does not deploy " + stamp.release() + " attempt "
                + stamp.attempt() + ", and has touched nothing: " + why
                + "; next: if people have approved it, check slipway.environment.approvals of that worker and start it"
                + " again with --again, and if not, somebody went past the starter (docs/approvals.md)";
    }
}
