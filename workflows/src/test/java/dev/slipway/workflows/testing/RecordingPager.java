package dev.slipway.workflows.testing;

import dev.slipway.workflows.api.Change;
import dev.slipway.workflows.api.Changes;
import dev.slipway.workflows.api.Delivery;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.PageOrder;
import dev.slipway.workflows.api.Pager;
import java.util.ArrayList;
import java.util.List;

/** A pager that keeps what it was told: {@code SlipwayStuck podinfo@2.0.0 production}, or {@code resolved SlipwayStuck ...}. */
public final class RecordingPager implements Pager, Changes {
    private final List<String> pages = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private final List<String> summaries = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private boolean away;
    private int asked;
    private String refusal = "";

    @Override
    public synchronized Delivery trigger(PageOrder order) {
        hear();
        if (!refusal.isEmpty()) {
            pages.add("refused " + words(order));
            return Delivery.refused(refusal);
        }
        summaries.add(order.summary());
        keys.add(order.key());
        pages.add(words(order));
        return Delivery.accepted("the test has it");
    }

    @Override
    public synchronized void resolve(PageOrder order, Delivery delivery, String why) {
        hear();
        reasons.add(why);
        pages.add((delivery.accepted() ? "resolved " : "let go of ") + words(order));
    }

    @Override
    public synchronized Delivery tell(Change change) {
        hear();
        changes.add(change);
        return Delivery.accepted("the test has it");
    }

    private void hear() {
        asked++;
        if (away) {
            throw FailureType.UNREACHABLE.failure("the pager is away");
        }
    }

    private static String words(PageOrder order) {
        return order.alert() + " " + order.release() + " " + order.environment();
    }

    /** Hears nothing until it is back. */
    public synchronized void away(boolean away) {
        this.away = away;
    }

    /** Refuses all that it is sent, for this reason; empty ends that. */
    public synchronized void refusing(String why) {
        refusal = why;
    }

    /** How often it was called, also while it was away. */
    public synchronized int asked() {
        return asked;
    }

    /** What the pages say, in the order in which they came. */
    public synchronized List<String> summaries() {
        return List.copyOf(summaries);
    }

    /** Which incidents were opened, in the order in which they came. */
    public synchronized List<String> keys() {
        return List.copyOf(keys);
    }

    /** In the order in which they came. */
    public synchronized List<String> pages() {
        return List.copyOf(pages);
    }

    /** Why pages were closed: a page that nobody closes is closed too, after a week that a test may skip. */
    public synchronized List<String> reasons() {
        return List.copyOf(reasons);
    }

    /** In the order in which they came. */
    public synchronized List<Change> changes() {
        return List.copyOf(changes);
    }
}
