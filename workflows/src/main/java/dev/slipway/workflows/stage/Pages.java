package dev.slipway.workflows.stage;

import dev.slipway.model.Alert;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.ReleaseId;
import dev.slipway.workflows.api.PageOrder;
import dev.slipway.workflows.page.PageCall;
import io.temporal.workflow.Promise;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The pages of one stage. Each is a workflow of its own that goes on when the stage has ended, so a pager that is down never
 * holds a stage and never loses a page.
 */
final class Pages {
    private final ReleaseId release;
    private final EnvironmentName environment;
    private final Set<Alert> open = EnumSet.noneOf(Alert.class);
    private final List<Promise<Void>> closing = new ArrayList<>();

    Pages(ReleaseId release, EnvironmentName environment) {
        this.release = release;
        this.environment = environment;
    }

    /** Opens a page, or leaves the open one alone; returns when Temporal has it. */
    void open(Alert alert, String summary) {
        if (open.add(alert)) {
            PageCall.open(new PageOrder(release, environment, alert, summary));
        }
    }

    /** Closes the page if it is open. */
    void close(Alert alert, String why) {
        if (open.remove(alert)) {
            closing.removeIf(Promise::isCompleted);
            closing.add(PageCall.close(new PageOrder(release, environment, alert, ""), why));
        }
    }

    /**
     * Closes all that a stage which has ended waits for no more, whichever way it left the step that opened it. What needs
     * a person's eye whatever became of the stage stays open.
     */
    void end(String why) {
        for (Alert alert : List.copyOf(open)) {
            if (alert.resolves() && alert != Alert.SlipwayOrphan) {
                close(alert, why);
            }
        }
    }

    /** A workflow that ends before Temporal has passed a message on takes it along. */
    void awaitClosed() {
        Promise.allOf(closing).get();
    }
}
