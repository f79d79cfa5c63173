package dev.slipway.model;

/** The image of one release: where, which tag people see, which digest really runs. */
public record Image(String repository, String tag, Digest digest, String valuesKey) {}
