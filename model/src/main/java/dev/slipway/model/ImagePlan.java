package dev.slipway.model;

/**
 * Which image the version is.
 *
 * @param repository without tag or digest
 * @param valuesKey dotted key in the chart's values under which {@code repository}, {@code tag} and {@code digest} are
 */
public record ImagePlan(String repository, String valuesKey) {}
