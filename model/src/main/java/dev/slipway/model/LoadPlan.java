package dev.slipway.model;

/**
 * What sends requests to the new version while it soaks, for a service that is quiet otherwise.
 *
 * @param job name of a suspended CronJob in the stage's namespace; Jobs are made of it as
 *     {@code kubectl create job --from=cronjob/NAME} does
 */
public record LoadPlan(String job) {}
