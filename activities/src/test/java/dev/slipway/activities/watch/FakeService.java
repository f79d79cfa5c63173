package dev.slipway.activities.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A canary pod and a stable pod under load, and what a scrape finds there. The load goes on when nobody scrapes. */
final class FakeService {
    private final FakePrometheus prometheus;
    private final Side canary = new Side("llm-canary", 1);
    private final Side stable = new Side("llm", 9);
    private Instant last;

    /** To the canary; stable gets nine times as many. */
    double requestsPerSecond = 10;

    double errorsPerRequest;
    double stableErrorsPerRequest;
    double slowPerRequest;
    double queue = 3;

    /** Whether a scrape of the pods succeeds. */
    boolean up = true;

    /** Whether what exports the counters, but not the queue, lives; it is not what {@link #up} tells about. */
    boolean counted = true;

    /** NaN or infinity, to spoil the counter of the canary's bad requests. */
    double oddBad;

    /** NaN or infinity, to spoil the counter of the canary's other requests. */
    double oddGood;

    FakeService(FakePrometheus prometheus) {
        this.prometheus = prometheus;
        this.last = prometheus.now();
    }

    /** The canary has served this much before anybody looked. */
    void past(double requests, double badOnes) {
        canary.total += requests;
        canary.bad += badOnes;
    }

    /** Serves what has come since the last time. */
    void serve() {
        double requests =
                requestsPerSecond * Duration.between(last, prometheus.now()).toMillis() / 1000;
        last = prometheus.now();
        canary.serve(requests, errorsPerRequest, slowPerRequest);
        stable.serve(requests, stableErrorsPerRequest, 0);
    }

    /** The canary's process begins again with counters at zero. */
    void restart() {
        canary.total = 0;
        canary.bad = 0;
        canary.slow = 0;
    }

    /** Shows Prometheus what there is now. */
    void scrape() {
        canary.show(oddGood, oddBad);
        stable.show(0, 0);
    }

    private final class Side {
        private final String track;
        private final double share;
        private double total;
        private double bad;
        private double slow;

        private Side(String track, double share) {
            this.track = track;
            this.share = share;
        }

        private void serve(double requests, double errors, double slowOnes) {
            total += share * requests;
            bad += share * requests * errors;
            slow += share * requests * slowOnes;
        }

        private void show(double oddlyGood, double oddlyBad) {
            String[] labels = {"namespace", "production", "app_kubernetes_io_instance", track, "pod", track + "-1"};
            prometheus.scrape("up", up ? 1 : 0, labels);
            if (!up) {
                return;
            }
            prometheus.scrape("waiting", queue, labels);
            if (counted) {
                prometheus.scrape("requests", whole(total) - whole(bad) + oddlyGood, with(labels, "status", "200"));
                prometheus.scrape("requests", whole(bad) + oddlyBad, with(labels, "status", "500"));
                prometheus.scrape("seconds_count", whole(total), labels);
                prometheus.scrape("seconds_bucket", whole((total - slow) / 2), with(labels, "le", "0.5"));
                prometheus.scrape("seconds_bucket", whole(total - slow), with(labels, "le", "2.5"));
                prometheus.scrape("seconds_bucket", whole(total), with(labels, "le", "5.0"));
                prometheus.scrape("seconds_bucket", whole(total), with(labels, "le", "+Inf"));
            }
        }

        /** Nobody answers half a request; the hair is for sums of tenths. */
        private static double whole(double events) {
            return Math.floor(events + 1e-6);
        }

        private static String[] with(String[] labels, String name, String value) {
            List<String> all = new ArrayList<>(List.of(labels));
            all.add(name);
            all.add(value);
            return all.toArray(String[]::new);
        }
    }
}
