package dev.slipway.model;

/**
 * Where the bundle is: its digest names it, in the starter's store and in every worker's cache.
 *
 * @param chart path of the chart's folder inside the bundle
 */
public record BundleRef(Digest digest, String chart) {}
