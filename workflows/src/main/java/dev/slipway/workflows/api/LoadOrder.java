package dev.slipway.workflows.api;

import java.time.Duration;
import java.util.Optional;

/**
 * Send requests.
 *
 * @param stable the Helm release that soaks
 * @param job the CronJob whose template is used
 * @param told what the stage has been told last and still shows; absent when all was well
 * @param quiet for so long it is told nothing more, so that a load that fails again and again costs few events
 */
public record LoadOrder(HelmTarget stable, String job, Optional<String> told, Duration quiet) {}
