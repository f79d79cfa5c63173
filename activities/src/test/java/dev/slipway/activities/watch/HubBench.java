package dev.slipway.activities.watch;

import com.sun.management.OperatingSystemMXBean;
import dev.slipway.activities.Drain;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Objective;
import dev.slipway.model.Slo;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.Payloads;
import dev.slipway.workflows.api.WatchOrder;
import io.temporal.client.ActivityCompletionClient;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * What ten thousand soaks cost in one hub, with a scrape interval of 15 s: {@code bench/hub}. Prometheus and Temporal are in
 * another process ({@link BenchServer}); queries, heartbeats, arithmetic and garbage collection of this one are measured.
 */
public final class HubBench {
    private static final Duration SCRAPE = Duration.ofSeconds(15);
    private static final Duration HEARTBEAT = Duration.ofMinutes(5);
    private static final Slo ERRORS = new Slo.Ratio(
            "errors", "http_requests_total{status=~\"5..\"}", "http_requests_total", Objective.parse("99%"));

    private final HttpClient http = HttpClient.newHttpClient();
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final int prometheus;
    private final int temporal;

    private HubBench(int prometheus, int temporal) {
        this.prometheus = prometheus;
        this.temporal = temporal;
    }

    /**
     * Measures.
     *
     * @param args the file for the figures, how many watches, how many seconds, and how many before them
     */
    public static void main(String[] args) throws Exception {
        Process server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Dsun.net.httpserver.nodelay=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BenchServer.class.getName(),
                        args[1])
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            String[] ports = new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))
                    .readLine()
                    .split(" ");
            new HubBench(Integer.parseInt(ports[0]), Integer.parseInt(ports[1]))
                    .run(Path.of(args[0]), Integer.parseInt(args[1]), seconds(args[2]), seconds(args[3]));
        } finally {
            server.destroy();
        }
        System.exit(0);
    }

    private static Duration seconds(String number) {
        return Duration.ofSeconds(Long.parseLong(number));
    }

    private void run(Path file, int watches, Duration time, Duration warmUp) throws Exception {
        Drain drain = new Drain();
        Hands hands = new Hands(2);
        PrometheusClient client = new PrometheusClient(URI.create("http://127.0.0.1:" + prometheus));
        Hub hub = new Hub(client, drain, Patience.USUAL, hands);
        ActivityCompletionClient completion = completion();
        long empty = heap();
        long began = System.nanoTime();
        List<Vigil> vigils = new ArrayList<>();
        for (int i = 0; i < watches; i++) {
            vigils.add(open(hub, client, completion, i));
        }
        // only a look tells how often the pods are scraped
        while (!vigils.stream().allMatch(vigil -> vigil.pause().equals(SCRAPE))) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        double begun = (System.nanoTime() - began) / 1e9;
        System.out.printf("%d watches have begun in %.1f s%n", watches, begun);
        // full look-back, compiled code
        TimeUnit.NANOSECONDS.sleep(warmUp.toNanos());

        long[] before = counts();
        long cpu = system.getProcessCpuTime();
        Map<String, Long> byThread = cpuByThread();
        began = System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
        double seconds = (System.nanoTime() - began) / 1e9;
        double core = (system.getProcessCpuTime() - cpu) / 1e9 / seconds * 100;
        long[] after = counts();
        cpuByThread().forEach((name, ticks) -> {
            double share = (ticks - byThread.getOrDefault(name, 0L)) / seconds;
            if (share > 0.005) {
                System.out.printf("  %-16s %5.2f %% of a core%n", name, share);
            }
        });
        double scrapes = seconds / SCRAPE.toSeconds();
        String figures = String.format(
                "{\"watches\": %d, \"seconds\": %.0f, \"scrapeSeconds\": 15, \"cpuPercentOfACore\": %.2f,"
                        + " \"heapBytesPerWatch\": %d, \"threads\": %d, \"queriesPerScrape\": %.2f,"
                        + " \"megabytesPerScrape\": %.1f, \"heartbeatsPerSecond\": %.1f, \"secondsToBegin\": %.1f}",
                hub.size(),
                seconds,
                core,
                (heap() - empty) / watches,
                threads.getThreadCount(),
                (after[0] - before[0]) / scrapes,
                (after[1] - before[1]) / scrapes / 1e6,
                (after[2] - before[2]) / seconds,
                begun);
        System.out.println(figures.replaceAll("[{}\"]", "").replace(", ", "\n"));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, figures + "\n");
    }

    private static Vigil open(Hub hub, PrometheusClient client, ActivityCompletionClient completion, int i) {
        Seat seat = new Seat(client);
        Vigil vigil = new Vigil(
                soak("s" + i),
                Optional.empty(),
                seat,
                Optional.empty(),
                (route, epoch, reason) -> true,
                Comparison.none(),
                Patience.USUAL,
                Clock.systemUTC());
        byte[] token = ("token of the activity of s" + i).getBytes(StandardCharsets.UTF_8);
        hub.open(new OpenWatch("s" + i, vigil, seat, new TemporalReport("s" + i, completion, token, HEARTBEAT)));
        return vigil;
    }

    private static WatchOrder soak(String release) {
        return Orders.soak(new HelmTarget(new EnvironmentName("production"), "production", release), ERRORS)
                .atLeast(Duration.ofHours(24))
                .atMost(Duration.ofHours(48))
                .minRequests(10_000)
                .blindBudget(Duration.ofMinutes(10))
                .order();
    }

    private ActivityCompletionClient completion() {
        WorkflowServiceStubs service = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget("127.0.0.1:" + temporal)
                .build());
        return WorkflowClient.newInstance(
                        service,
                        WorkflowClientOptions.newBuilder()
                                .setDataConverter(Payloads.converter())
                                .build())
                .newActivityCompletionClient();
    }

    private long[] counts() throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + prometheus + "/counts");
        String text = http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        return Arrays.stream(text.split(" ")).mapToLong(Long::parseLong).toArray();
    }

    /** In hundredths of a second, with those of the virtual machine, as Linux counts them. */
    private static Map<String, Long> cpuByThread() throws IOException {
        Map<String, Long> byName = new TreeMap<>();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path task : tasks) {
                String[] stat = Files.readString(task.resolve("stat")).split("[()]");
                String[] numbers = stat[stat.length - 1].strip().split(" ");
                byName.merge(
                        stat[1].replaceAll("[-#]?\\d+.*", ""),
                        Long.parseLong(numbers[11]) + Long.parseLong(numbers[12]),
                        Long::sum);
            }
        }
        return byName;
    }

    private static long heap() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(200);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
