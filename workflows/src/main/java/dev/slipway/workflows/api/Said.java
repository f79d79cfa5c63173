package dev.slipway.workflows.api;

import dev.slipway.model.Actor;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who said it and why; the reason may be empty. */
public record Said(Actor by, String reason) {
    /** Who may reach workflows past the starter: the Temporal UI and CLI tell no name. */
    public static final Actor SOMEBODY = new Actor("somebody with access to Temporal", Set.of());

    /** What was said; from the Temporal UI an update or signal comes without input. */
    public static Said heard(@Nullable Said said) {
        return said == null ? new Said(SOMEBODY, "said in Temporal") : said;
    }

    /** {@code aborted by approver-1: wrong version}. */
    public String words(String did) {
        return did + " by " + by + (reason.isEmpty() ? "" : ": " + reason);
    }
}
