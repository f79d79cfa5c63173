package dev.slipway.pipeline;

/**
 * A file or folder that release.yaml names.
 *
 * @param path relative to release.yaml, with {@code /}, never out of its folder; {@code .} is that folder
 * @param at where it is named
 */
public record FilePath(String path, Position at) {}
