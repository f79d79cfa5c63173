package dev.slipway.pipeline;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with one file, so that a person hears everything at once. */
final class Problems {
    private final String file;
    private final List<Problem> found = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    void add(Position at, String message) {
        add(at, message, "");
    }

    void add(Position at, String message, String hint) {
        found.add(Problem.at(file, at, message, hint));
    }

    boolean none() {
        return found.isEmpty();
    }

    boolean noneAt(Position at) {
        return found.stream().noneMatch(p -> p.line() == at.line() && p.column() == at.column());
    }

    <T> Checked<T> invalid() {
        return new Checked.Invalid<>(found);
    }
}
