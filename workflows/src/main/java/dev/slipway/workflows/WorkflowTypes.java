package dev.slipway.workflows;

import dev.slipway.workflows.page.ChangeWorkflowImpl;
import dev.slipway.workflows.page.PageWorkflowImpl;
import dev.slipway.workflows.reaper.ReaperWorkflowImpl;
import dev.slipway.workflows.release.ReleaseWorkflowImpl;
import dev.slipway.workflows.slot.SlotWorkflowImpl;
import dev.slipway.workflows.stage.RecoveryWorkflowImpl;
import dev.slipway.workflows.stage.StageWorkflowImpl;
import dev.slipway.workflows.tell.TellWorkflowImpl;
import java.util.List;

/** Every workflow of this build: what a control worker registers, a replay knows and a test runs. */
public final class WorkflowTypes {
    private static final List<Class<?>> ALL = List.of(
            ReleaseWorkflowImpl.class,
            StageWorkflowImpl.class,
            SlotWorkflowImpl.class,
            PageWorkflowImpl.class,
            ChangeWorkflowImpl.class,
            ReaperWorkflowImpl.class,
            RecoveryWorkflowImpl.class,
            TellWorkflowImpl.class);

    private WorkflowTypes() {}

    /** The implementations, for {@link io.temporal.worker.Worker#registerWorkflowImplementationTypes}. */
    public static Class<?>[] all() {
        return ALL.toArray(Class<?>[]::new);
    }
}
