package dev.slipway.workflows.api;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.slipway.model.Verdict;
import dev.slipway.model.analysis.sequential.Tape;
import java.util.Optional;

/** How a watch ended. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = WatchResult.Decided.class, name = "decided"),
    @JsonSubTypes.Type(value = WatchResult.Blind.class, name = "blind"),
    @JsonSubTypes.Type(value = WatchResult.HandedOver.class, name = "handedOver"),
    @JsonSubTypes.Type(value = WatchResult.Interfered.class, name = "interfered")
})
public sealed interface WatchResult {
    /**
     * The evidence decided, or the time was over (Inconclusive).
     *
     * @param tripped whether the watcher took the traffic off by itself
     * @param tape what the verdict can be computed from again; absent when nothing was counted
     */
    record Decided(Verdict verdict, boolean tripped, Optional<Tape> tape) implements WatchResult {
        /** Of a watch that counted nothing. */
        public Decided(Verdict verdict, boolean tripped) {
            this(verdict, tripped, Optional.empty());
        }
    }

    /** No answer for the whole blind budget; the watch can go on from {@code state}. */
    record Blind(String reason, WatchState state) implements WatchResult {}

    /** Nothing decided yet; another worker or the next activity goes on from {@code state}. */
    record HandedOver(WatchState state) implements WatchResult {}

    /** Somebody else changed what we had left; the watcher has changed nothing. */
    record Interfered(String what) implements WatchResult {}
}
