package dev.slipway.workflows.page;

import dev.slipway.model.EnvironmentName;
import dev.slipway.workflows.api.PageOrder;
import dev.slipway.workflows.api.PageWorkflow;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An alarm for each environment that calls. Stages of a release follow each other, but what one has left behind may be looked
 * at, recovered and given up while another one runs: neither may close the other's page, nor be part of it.
 */
public final class PageWorkflowImpl implements PageWorkflow {
    private final Map<EnvironmentName, Alarm> alarms = new LinkedHashMap<>();
    private final Alarm first;
    private final EnvironmentName home;

    /** Knows its first alarm before any message is handled. */
    @WorkflowInit
    public PageWorkflowImpl(PageOrder order) {
        home = order.environment();
        first = new Alarm(order, this::show);
        alarms.put(home, first);
    }

    @Override
    public void run(PageOrder order) {
        first.run();
        Workflow.await(() -> alarms.values().stream().allMatch(Alarm::over));
    }

    @Override
    public void resolve(String why, @Nullable EnvironmentName environment) {
        alarms.forEach((where, alarm) -> {
            if (environment == null || environment.equals(where)) {
                alarm.resolve(why);
            }
        });
    }

    @Override
    public void open(@Nullable PageOrder order) {
        if (order == null || !order.complete()) {
            return;
        }
        PageOrder here = order.environment().equals(home) ? order : order.asBeside();
        Alarm known = alarms.get(here.environment());
        if (known != null && !known.over()) {
            known.open(here);
            return;
        }
        Alarm alarm = new Alarm(here, this::show);
        alarms.put(here.environment(), alarm);
        Promise<Void> unused = Async.procedure(alarm::run);
    }

    private void show() {
        Workflow.setCurrentDetails(
                alarms.values().stream().map(Alarm::words).collect(Collectors.joining("\n\n---\n\n")));
    }
}
