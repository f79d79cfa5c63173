package dev.slipway.workflows.testing;

import dev.slipway.workflows.api.PageOrder;
import dev.slipway.workflows.api.Pager;
import java.util.ArrayList;
import java.util.List;

/** A pager that keeps what it was told: {@code SlipwayStuck podinfo@2.0.0 production}, or {@code resolved SlipwayStuck ...}. */
public final class RecordingPager implements Pager {
    private final List<String> pages = new ArrayList<>();
    private final List<String> summaries = new ArrayList<>();

    @Override
    public synchronized void trigger(PageOrder order) {
        summaries.add(order.summary());
        pages.add(words(order));
    }

    @Override
    public synchronized void resolve(PageOrder order, String why) {
        pages.add("resolved " + words(order));
    }

    private static String words(PageOrder order) {
        return order.alert() + " " + order.release() + " " + order.environment();
    }

    /** What the pages say, in the order in which they came. */
    public synchronized List<String> summaries() {
        return List.copyOf(summaries);
    }

    /** In the order in which they came. */
    public synchronized List<String> pages() {
        return List.copyOf(pages);
    }
}
