package dev.slipway.activities.watch;

/** One side of a service as Prometheus names it: the labels that every one of its series has. */
record Track(String namespace, String release) {
    /** The label of the Helm release. */
    static final String INSTANCE = "app_kubernetes_io_instance";

    static final String NAMESPACE = "namespace";

    /** Whose series this is; without the labels it is nobody's. */
    static Track of(Series series) {
        return new Track(series.label(NAMESPACE), series.label(INSTANCE));
    }
}
