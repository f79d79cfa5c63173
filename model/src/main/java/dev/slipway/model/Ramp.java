package dev.slipway.model;

import java.util.Optional;

/** One rise of traffic to the canary and how it is judged there; {@code approve} is asked before the rise. */
public record Ramp(Weight to, Analysis analyze, Optional<Gate.Approve> approve) {}
