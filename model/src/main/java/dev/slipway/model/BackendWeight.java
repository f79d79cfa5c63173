package dev.slipway.model;

/** A backend of a route and its weight as the route has it (relative, not percent). */
public record BackendWeight(Backend backend, int weight) {}
