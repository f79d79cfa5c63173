package dev.slipway.model;

/**
 * One entry of the undo ledger as people see it.
 *
 * @param state OPEN until an undo, then the word of its {@link UndoResult}
 */
public record UndoView(Resource resource, String state, String detail) {}
