package dev.slipway.workflows.page;

import dev.slipway.workflows.api.Delivery;
import dev.slipway.workflows.api.PageOrder;
import dev.slipway.workflows.api.Pager;
import dev.slipway.workflows.api.TaskQueues;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What people are called for in one environment: told to the pager, however long that takes, until it is gone, or a week. */
final class Alarm {
    private static final Duration LONGEST_OPEN = Duration.ofDays(7);
    /** What was refused is sent again after so long: somebody may have mended the routing key. */
    private static final Duration REFUSED_AGAIN = Duration.ofHours(1);

    private final PageOrder first;
    private final Runnable publish;
    private String words = "";
    private @Nullable String resolved;
    private @Nullable PageOrder again;
    private boolean over;

    Alarm(PageOrder first, Runnable publish) {
        this.first = first;
        this.publish = publish;
    }

    void run() {
        try {
            for (PageOrder order = first; order != null; order = again) {
                again = null;
                page(order);
            }
        } finally {
            over = true;
        }
    }

    /** Whether it has been told and closed: whoever calls now needs another one. */
    boolean over() {
        return over;
    }

    /** For the Temporal UI. */
    String words() {
        return words;
    }

    void resolve(String why) {
        resolved = why;
        again = null;
    }

    void open(PageOrder order) {
        if (resolved != null) {
            again = order;
        }
    }

    private void page(PageOrder order) {
        show(order, "not delivered yet; it is tried again until the pager has it");
        Pager pager = pager(order);
        Delivery delivery = deliver(pager, order);
        if (!order.alert().resolves()) {
            return;
        }
        boolean told = Workflow.await(LONGEST_OPEN, () -> resolved != null);
        resolved = told ? resolved : "nobody told within " + LONGEST_OPEN.toDays() + " days";
        pager.resolve(order, delivery, String.valueOf(resolved));
        resolved = null;
    }

    /** Without end while the pager is away; once an hour for a week, or until the reason is gone, when it refuses. */
    private Delivery deliver(Pager pager, PageOrder order) {
        Delivery delivery = pager.trigger(order);
        long tries = LONGEST_OPEN.dividedBy(REFUSED_AGAIN);
        while (!delivery.accepted() && tries > 0) {
            show(
                    order,
                    "**not delivered**, it is in the control worker's log only: " + delivery.detail()
                            + "; it is sent again every hour");
            if (Workflow.await(REFUSED_AGAIN, () -> resolved != null)) {
                return delivery;
            }
            delivery = pager.trigger(order);
            tries--;
        }
        show(order, delivery.detail());
        return delivery;
    }

    private void show(PageOrder order, String delivery) {
        words = "**" + order.alert() + "** " + order.release() + " in " + order.environment() + "\n\n" + order.summary()
                + "\n\nRunbook: " + order.alert().runbook() + "\n\nDelivery: " + delivery;
        publish.run();
    }

    private static Pager pager(PageOrder order) {
        return Workflow.newActivityStub(
                Pager.class,
                ActivityOptions.newBuilder()
                        .setTaskQueue(TaskQueues.CONTROL)
                        .setStartToCloseTimeout(Duration.ofSeconds(30))
                        .setRetryOptions(RetryOptions.newBuilder()
                                .setInitialInterval(Duration.ofSeconds(1))
                                .setMaximumInterval(Duration.ofMinutes(5))
                                .build())
                        .setSummary(order.alert().name())
                        .build());
    }
}
