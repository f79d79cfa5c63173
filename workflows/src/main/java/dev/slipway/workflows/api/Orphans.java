package dev.slipway.workflows.api;

import dev.slipway.model.Environment;
import dev.slipway.model.ServiceName;
import io.temporal.activity.ActivityInterface;
import java.util.List;

/** Looks for what stages have left in an environment's namespace. Read only. All throw {@link FailureType} failures. */
@ActivityInterface(namePrefix = "Orphans_")
public interface Orphans {
    /** All that some stage must account for, whether it still runs or not. */
    List<Trace> find(Environment environment);

    /** All that is left in one slot, with what an undo of it needs. */
    Remains remains(Environment environment, ServiceName service);
}
