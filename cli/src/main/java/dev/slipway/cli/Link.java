package dev.slipway.cli;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.slipway.model.Evidence;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One link of a causal chain; its JSON is {@code when, what, why, evidence}.
 *
 * @param when null while it lasts, and when nobody has written the time down
 * @param why empty when the links around it say it
 * @param mark how it looks
 * @param brief a remark among others, not a paragraph of its own
 */
record Link(
        @Nullable Instant when,
        String what,
        String why,
        List<Evidence> evidence,
        @JsonIgnore Mark mark,
        @JsonIgnore boolean brief) {
    Link {
        evidence = List.copyOf(evidence);
    }
}
