package dev.slipway.model;

/** The route whose weights Slipway sets: an existing HTTPRoute of the service's team, in each environment's namespace. */
public record TrafficPlan(String route) {}
