package dev.slipway.activities.watch;

import com.google.common.collect.Interner;
import com.google.common.collect.Interners;
import java.util.Map;

/** One side of a service as Prometheus names it: the labels that every one of its series has. */
record Track(String namespace, String release) {
    /** The label of the Helm release. */
    static final String INSTANCE = "app_kubernetes_io_instance";

    static final String NAMESPACE = "namespace";

    private static final Interner<Track> SHARED = Interners.newWeakInterner();

    /** Whose series have these labels; without them it is nobody's. */
    static Track of(Map<String, String> labels) {
        return new Track(labels.getOrDefault(NAMESPACE, ""), labels.getOrDefault(INSTANCE, ""));
    }

    /** The same object for all that are equal, for those who are looked up with every scrape. */
    Track shared() {
        return SHARED.intern(this);
    }
}
