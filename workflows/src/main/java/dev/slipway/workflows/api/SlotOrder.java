package dev.slipway.workflows.api;

import dev.slipway.model.SlotId;
import java.util.List;

/**
 * A slot and its line as it begins.
 *
 * @param line in the order of asking; the first has the slot
 */
public record SlotOrder(SlotId slot, List<Standing> line) {
    public SlotOrder {
        line = List.copyOf(line);
    }

    /** The id of the workflow that keeps the line. */
    public static String id(SlotId slot) {
        return "slot:" + slot;
    }
}
