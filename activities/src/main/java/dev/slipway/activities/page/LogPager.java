package dev.slipway.activities.page;

import dev.slipway.activities.OneLine;
import dev.slipway.workflows.api.Change;
import dev.slipway.workflows.api.Changes;
import dev.slipway.workflows.api.Delivery;
import dev.slipway.workflows.api.PageOrder;
import dev.slipway.workflows.api.Pager;
import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Calls people by the worker's log: one ERROR line when a page opens, one INFO line when it closes, with the facts as
 * key-value pairs for a log system that alerts, and INFO for a change. A page that is repeated within one process writes
 * nothing.
 */
public final class LogPager implements Pager, Changes {
    private static final Logger LOG = LoggerFactory.getLogger(LogPager.class);
    private static final int REMEMBERED = 10_000;

    private final Set<String> open = new LinkedHashSet<>();

    @Override
    public Delivery trigger(PageOrder order) {
        if (opened(order.key())) {
            line(Level.ERROR, order).log("page opens: {} {}", order.id(), OneLine.of(order.summary()));
        }
        return Delivery.accepted("in the control worker's log, as no pager is configured");
    }

    @Override
    public void resolve(PageOrder order, Delivery delivery, String why) {
        closed(order.key());
        line(Level.INFO, order).log("page closes: {} {}", order.id(), OneLine.of(why));
    }

    @Override
    public Delivery tell(Change change) {
        LOG.atInfo()
                .addKeyValue("change", change.id())
                .addKeyValue("release", change.release())
                .addKeyValue("environment", change.environment())
                .log("change: {}", OneLine.of(change.sentence()));
        return Delivery.accepted("in the control worker's log, as no pager is configured");
    }

    private static LoggingEventBuilder line(Level level, PageOrder order) {
        return LOG.atLevel(level)
                .addKeyValue("page", order.id())
                .addKeyValue("alert", order.alert())
                .addKeyValue("release", order.release())
                .addKeyValue("environment", order.environment())
                .addKeyValue("runbook", order.alert().runbook());
    }

    private synchronized boolean opened(String id) {
        if (open.size() >= REMEMBERED) {
            open.remove(open.iterator().next());
        }
        return open.add(id);
    }

    private synchronized void closed(String id) {
        open.remove(id);
    }
}
