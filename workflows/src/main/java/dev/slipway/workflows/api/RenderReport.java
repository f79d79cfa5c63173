package dev.slipway.workflows.api;

import dev.slipway.model.Backend;
import dev.slipway.model.Verdict;
import java.util.Optional;

/**
 * What rendering found.
 *
 * @param verdict Failed names the object that breaks the chart contract, or the chart's own error
 * @param stable the Service of stable, absent when the chart renders none
 * @param canary the Service of the canary, absent without a canary
 */
public record RenderReport(Verdict verdict, Optional<Backend> stable, Optional<Backend> canary) {}
