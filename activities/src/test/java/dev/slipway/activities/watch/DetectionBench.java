package dev.slipway.activities.watch;

import dev.slipway.activities.kubernetes.Kubernetes;
import dev.slipway.activities.kubernetes.KubernetesPods;
import dev.slipway.activities.route.ExposedRoute;
import dev.slipway.activities.route.HttpRouteSwitch;
import dev.slipway.activities.route.Trip;
import dev.slipway.model.Backend;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Objective;
import dev.slipway.model.Risk;
import dev.slipway.model.Slo;
import dev.slipway.model.Verdict;
import dev.slipway.model.Weight;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.RouteTarget;
import dev.slipway.workflows.api.WatchOrder;
import dev.slipway.workflows.api.WatchResult;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * On the lab: how long it takes from the first bad response that a user gets to weight 0 accepted by the API server, by the
 * watch as it runs in a worker, its trip included. bench/detect sets the stage.
 */
final class DetectionBench {
    private static final String NAMESPACE = System.getProperty("namespace", "detect");
    private static final int WEIGHT = 10;
    private static final int RATE = 100;
    private static final double BASE = 0.005;
    private static final HelmTarget STABLE = new HelmTarget(new EnvironmentName("production"), NAMESPACE, "detect");
    private static final HelmTarget CANARY =
            new HelmTarget(new EnvironmentName("production"), NAMESPACE, "detect-canary");
    private static final RouteTarget ROUTE = new RouteTarget(
            STABLE.environment(), NAMESPACE, "detect", new Backend("detect", 8000), new Backend("detect-canary", 8000));
    private static final Slo ERRORS = new Slo.Ratio(
            "errors", "http_requests_total{status=~\"5..\"}", "http_requests_total", Objective.parse("99%"));

    private final KubernetesClient cluster = Kubernetes.client(Path.of(env("KUBECONFIG")));
    private final HttpRouteSwitch router = new HttpRouteSwitch(cluster);
    private final BenchUsers users;
    private final Random random = new Random(Long.getLong("seed", 11));
    private long epoch = System.currentTimeMillis();

    private DetectionBench(int rate) {
        users = new BenchUsers(URI.create(env("GATEWAY_URL")), NAMESPACE + ".lab.local", rate);
    }

    /** With {@code healthy MINUTES SOURCE...}, somebody else sends the requests; with {@code defects RUNS SOURCE SHARE}, this. */
    public static void main(String[] args) throws Exception {
        boolean healthy = args[0].equals("healthy");
        DetectionBench bench = new DetectionBench(healthy ? 0 : RATE);
        try {
            if (healthy) {
                bench.healthy(
                        Duration.ofMinutes(Integer.parseInt(args[1])),
                        List.of(args).subList(2, args.length));
            } else {
                bench.defects(Integer.parseInt(args[1]), Double.parseDouble(args[3]), args[2].equals("direct"));
            }
        } finally {
            bench.users.close();
            bench.cluster.close();
        }
        // pools of the libraries keep the process alive otherwise
        System.exit(0);
    }

    private void defects(int runs, double share, boolean direct) throws Exception {
        double[] delays = new double[runs];
        double[] bad = new double[runs];
        for (int run = 0; run < runs; run++) {
            users.fail(cluster, NAMESPACE, BASE);
            expose();
            Watching watching = watch(direct, Duration.ofMinutes(10));
            sleep(8 + random.nextDouble() * 4);
            if (watching.tripped.get() != 0) {
                throw new IllegalStateException("false alarm: " + watching.result);
            }
            long flipped = System.nanoTime();
            users.fail(cluster, NAMESPACE, share);
            watching.thread.join(TimeUnit.MINUTES.toMillis(3));
            delays[run] = (watching.tripped.get() - users.firstBad(flipped)) / 1e9;
            bad[run] = users.badSince(flipped);
            System.out.printf(
                    Locale.ROOT, "run %2d: %5.2f s, %2.0f bad; %s%n", run + 1, delays[run], bad[run], watching.result);
        }
        Arrays.sort(delays);
        Arrays.sort(bad);
        double wald = Math.log(1 / Risk.OF_A_RELEASE.alpha()) / divergence(share, 0.01) / (RATE * WEIGHT / 100.0);
        System.out.printf(
                Locale.ROOT,
                "%s, %d requests/s, %d %% canary, %.0f %% errors, %d runs: first bad response to weight 0 accepted:"
                        + " median %.2f s (%.2f to %.2f), bad responses median %.0f; Wald's time at alpha %s: %.2f s%n",
                direct ? "direct scrape each 1 s" : "Prometheus each 2 s",
                RATE,
                WEIGHT,
                100 * share,
                runs,
                median(delays),
                delays[0],
                delays[runs - 1],
                median(bad),
                Risk.OF_A_RELEASE.alpha(),
                wald);
    }

    /** All sources beside each other, on the same canary. */
    private void healthy(Duration time, List<String> sources) throws Exception {
        users.fail(cluster, NAMESPACE, BASE);
        expose();
        Map<String, Watching> watches = new TreeMap<>();
        sources.forEach(source -> watches.put(source, watch(source.equals("direct"), time)));
        for (Map.Entry<String, Watching> watch : watches.entrySet()) {
            Watching watching = watch.getValue();
            watching.thread.join(time.plusMinutes(2).toMillis());
            System.out.printf(
                    Locale.ROOT,
                    "healthy, %.1f %% errors, %d minutes, %s, %s: %s; %s%n",
                    100 * BASE,
                    time.toMinutes(),
                    NAMESPACE,
                    watch.getKey(),
                    watching.tripped.get() == 0 ? "no trip" : "TRIPPED",
                    watching.result);
        }
    }

    private void expose() {
        ExposedRoute.expose(router, ROUTE, ++epoch, new Weight(WEIGHT));
    }

    /** A watch of a ramp in a thread of its own. */
    private static final class Watching {
        private final AtomicLong tripped = new AtomicLong();
        private String result = "still watching";
        private Thread thread = Thread.currentThread();
    }

    private Watching watch(boolean direct, Duration time) {
        WatchOrder order = Orders.ramp(CANARY, ERRORS)
                .beside(STABLE)
                .atLeast(time)
                .atMost(time)
                .blindBudget(Duration.ofMinutes(5))
                .trip(new WatchOrder.Trip(ROUTE, epoch))
                .order();
        Watching watching = new Watching();
        TripWire wire = (route, at, reason) -> {
            boolean cut = router.trip(route, at, reason) == Trip.CUT;
            watching.tripped.compareAndSet(0, System.nanoTime());
            return cut;
        };
        watching.thread = new Thread(
                () -> {
                    try {
                        watching.result = words(watched(order, direct, wire));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "watch");
        watching.thread.start();
        return watching;
    }

    /** Once a second and with each round of scrapes, as a hub does. */
    private WatchResult watched(WatchOrder order, boolean direct, TripWire wire) throws InterruptedException {
        try (Vigil vigil = new Vigil(
                order,
                Optional.empty(),
                new PrometheusClient(URI.create(env("PROMETHEUS_URL"))),
                direct
                        ? Optional.of(new DirectScrape(KubernetesPods.of(cluster), Duration.ofSeconds(1)))
                        : Optional.empty(),
                wire,
                Comparison.none(),
                Patience.USUAL,
                Clock.systemUTC())) {
            Semaphore news = new Semaphore(0);
            vigil.onNews(news::release);
            while (true) {
                Optional<WatchResult> end = vigil.step(state -> {});
                if (end.isPresent()) {
                    return end.get();
                }
                boolean unused = news.tryAcquire(Patience.USUAL.between().toMillis(), TimeUnit.MILLISECONDS);
                news.drainPermits();
            }
        }
    }

    private static String words(WatchResult result) {
        if (!(result instanceof WatchResult.Decided decided)) {
            return result.toString();
        }
        Verdict verdict = decided.verdict();
        return verdict.word() + " " + verdict.reason() + " ("
                + verdict.evidence().get(verdict.evidence().size() - 1).detail() + ")";
    }

    /** Kullback and Leibler's, of two coins. */
    private static double divergence(double a, double b) {
        return a * Math.log(a / b) + (1 - a) * Math.log((1 - a) / (1 - b));
    }

    private static double median(double[] sorted) {
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private static void sleep(double seconds) {
        LockSupport.parkNanos((long) (seconds * 1e9));
    }

    private static String env(String name) {
        String value = System.getenv(name);
        if (value == null) {
            throw new IllegalStateException(name + " is not set: make lab, then . lab/env");
        }
        return value;
    }
}
