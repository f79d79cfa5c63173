package dev.slipway.pipeline;

import dev.slipway.model.Digest;
import dev.slipway.model.Digests;

/** The artifacts of a release that evidence may speak of. */
public record Subjects(Digest image, Digest chart) {

    /** Those of a release; its values and its pipeline are no artifacts that anybody else sees. */
    public static Subjects of(Digests digests) {
        return new Subjects(digests.image(), digests.chart());
    }

    /** Whether it is one of them. */
    public boolean has(Digest subject) {
        return subject.equals(image) || subject.equals(chart);
    }
}
