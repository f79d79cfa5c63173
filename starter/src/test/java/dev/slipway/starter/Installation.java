package dev.slipway.starter;

import dev.slipway.encryption.Encryption;
import dev.slipway.model.Digests;
import dev.slipway.pipeline.Bundle;
import dev.slipway.pipeline.PipelineReader;
import dev.slipway.records.Postgres;
import dev.slipway.workflows.WorkflowTypes;
import dev.slipway.workflows.api.Records;
import dev.slipway.workflows.api.SearchAttributes;
import dev.slipway.workflows.api.TaskQueues;
import dev.slipway.workflows.testing.FakeCluster;
import dev.slipway.workflows.testing.PolledSlot;
import dev.slipway.workflows.testing.RecordingAnnouncer;
import dev.slipway.workflows.testing.RecordingPager;
import dev.slipway.workflows.testing.RecordingRecords;
import dev.slipway.workflows.testing.RecordingSinks;
import dev.slipway.workflows.testing.ScriptedWatch;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testserver.TestServer;
import io.temporal.worker.Worker;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** The real starter against Temporal's test server over loopback, with the real workflows and a fake cluster. */
final class Installation implements AutoCloseable {
    final FakeCluster cluster = new FakeCluster();
    final ScriptedWatch watch = new ScriptedWatch();
    final RecordingAnnouncer announcer = new RecordingAnnouncer();
    final RecordingSinks sinks = new RecordingSinks();
    /** What was told to records, unless they are real ones. */
    final RecordingRecords records;

    final ConfigurableApplicationContext starter;
    private final List<AutoCloseable> parts = new ArrayList<>();

    private Installation(Path folder, boolean temporal, boolean workers, String... more) {
        this(folder, temporal, workers, new RecordingRecords(), more);
    }

    private Installation(Path folder, boolean temporal, boolean workers, Records records, String... more) {
        this(folder, temporal, workers, records, Encryption.NONE, more);
    }

    private Installation(
            Path folder, boolean temporal, boolean workers, Records records, Encryption encryption, String... more) {
        this.records = records instanceof RecordingRecords recording ? recording : new RecordingRecords();
        int port = freePort();
        if (temporal) {
            parts.add(TestServer.createPortBoundServer(port, true));
            TestWorkflowEnvironment environment = environment(port, encryption);
            if (workers) {
                workers(environment, records);
            }
            environment.start();
            parts.add(environment::close);
        }
        starter = new SpringApplicationBuilder(StarterApplication.class).run(arguments(folder, port, workers, more));
        parts.add(starter);
    }

    static Installation whole(Path folder) {
        return new Installation(folder, true, true);
    }

    /** With more settings, as arguments. */
    static Installation wholeWith(Path folder, String... more) {
        return new Installation(folder, true, true, more);
    }

    /** Its workers encrypt like this; the starter as the settings say. */
    static Installation encrypting(Path folder, Encryption workers, String... more) {
        return new Installation(folder, true, true, new RecordingRecords(), workers, more);
    }

    static Installation withoutWorkersWith(Path folder, String... more) {
        return new Installation(folder, true, false, more);
    }

    static Installation withoutTemporalWith(Path folder, String... more) {
        return new Installation(folder, false, false, more);
    }

    static Installation withoutWorkers(Path folder) {
        return new Installation(folder, true, false);
    }

    static Installation withoutTemporal(Path folder) {
        return new Installation(folder, false, false);
    }

    /** What happens is kept by these records, and the starter reads them. */
    static Installation recorded(Path folder, Records records, Postgres postgres) {
        return new Installation(folder, true, true, records, settings(postgres));
    }

    /** Temporal is away, and the starter reads what was kept before. */
    static Installation recordedWithoutTemporal(Path folder, Postgres postgres) {
        return new Installation(folder, false, false, new RecordingRecords(), settings(postgres));
    }

    /** Releases start and wait for a worker; the starter keeps bundles there. */
    static Installation recordedWithoutWorkers(Path folder, Postgres postgres) {
        return new Installation(folder, true, false, settings(postgres));
    }

    private static String[] settings(Postgres postgres) {
        return new String[] {
            "--slipway.records.url=" + postgres.url(),
            "--slipway.records.user=postgres",
            "--slipway.records.migrate=true"
        };
    }

    URI address(String path) {
        return URI.create("http://127.0.0.1:"
                + ((WebServerApplicationContext) starter).getWebServer().getPort() + path);
    }

    /** A caller whose token is its name; null has none. */
    Api as(@Nullable String subject) {
        return new Api(((WebServerApplicationContext) starter).getWebServer().getPort(), subject);
    }

    /** The archive of a bundle for a service of this name, with something in its values to tell it from others. */
    static byte[] bundle(Path folder, String service, String values) {
        return bundle(folder, service, values, UnaryOperator.identity());
    }

    /**
     * @param edit what the text of its release.yaml becomes
     */
    static byte[] bundle(Path folder, String service, String values, UnaryOperator<String> edit) {
        try {
            Path root = Files.createDirectories(folder.resolve("bundle-" + service + "-" + System.nanoTime()));
            Path chart = Files.createDirectories(root.resolve("chart"));
            Files.writeString(chart.resolve("Chart.yaml"), "apiVersion: v2\nname: " + service + "\nversion: 1.0.0\n");
            Files.writeString(root.resolve("values.yaml"), values);
            byte[] pipeline = edit.apply(new String(pipeline(service), StandardCharsets.UTF_8))
                    .getBytes(StandardCharsets.UTF_8);
            Files.write(root.resolve("release.yaml"), pipeline);
            return Bundle.pack(
                            root, PipelineReader.read("release.yaml", pipeline).orElseThrow())
                    .orElseThrow()
                    .archive();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] pipeline(String service) {
        try (InputStream file = Installation.class.getResourceAsStream("/release.yaml")) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return text.replace("SERVICE", service).getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void workers(TestWorkflowEnvironment environment, Records records) {
        Worker control = environment.newWorker(TaskQueues.CONTROL);
        control.registerWorkflowImplementationTypes(WorkflowTypes.all());
        control.registerActivitiesImplementations(
                new PolledSlot(environment.getWorkflowClient()), new RecordingPager(), records, announcer, sinks);
        for (String name : List.of("development", "production")) {
            environment.newWorker("slipway-" + name).registerActivitiesImplementations(cluster);
            environment.newWorker("slipway-" + name + "-watch").registerActivitiesImplementations(watch);
        }
    }

    private static TestWorkflowEnvironment environment(int port, Encryption encryption) {
        TestEnvironmentOptions.Builder options = TestEnvironmentOptions.newBuilder()
                .setUseExternalService(true)
                .setTarget("127.0.0.1:" + port)
                .setUseTimeskipping(false)
                .setWorkflowClientOptions(WorkflowClientOptions.newBuilder()
                        .setDataConverter(encryption.converter())
                        .build());
        SearchAttributes.ALL.forEach(a -> options.registerSearchAttribute(a.getName(), a.getValueType()));
        return TestWorkflowEnvironment.newInstance(options.build());
    }

    private static String[] arguments(Path folder, int temporal, boolean workers, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--slipway.starter.data-dir=" + folder.resolve("data"),
                "--slipway.starter.run-directory=" + folder.resolve("run"),
                "--slipway.starter.temporal.target=127.0.0.1:" + temporal,
                // where somebody answers, a slow machine is no reason to say that nobody does
                "--slipway.starter.temporal.query-limit=" + (workers ? "30s" : "2s"),
                "--slipway.starter.temporal.update-limit=" + (workers ? "30s" : "4s"),
                "--slipway.starter.temporal.ui=http://ui/{namespace}/{workflow}/{run}",
                "--slipway.starter.environments[0].name=development",
                "--slipway.starter.environments[1].name=production",
                "--slipway.starter.environments[1].protected=true"));
        token(arguments, 0, "ci", "ci");
        token(arguments, 1, "approver-1", "deployers");
        token(arguments, 2, "approver-2", "deployers");
        token(arguments, 3, "worker", "workers");
        token(arguments, 4, "nobody", "none");
        token(arguments, 5, "outsider", "others");
        token(arguments, 6, "junior", "juniors");
        String all = "read,start,supersede,decide,abort,pause,resume,retry-undo,accept-as-is,recover,attest";
        grant(arguments, 0, "ci", "start,read", "*", "*");
        grant(arguments, 1, "deployers", all, "*", "*");
        grant(arguments, 2, "workers", "fetch", "*", "*");
        grant(arguments, 3, "others", "read,start,decide", "*", "*");
        grant(arguments, 4, "juniors", "read,start", "only-this", "development");
        arguments.addAll(List.of(more));
        // tests look more often than anybody else would
        for (String limit : List.of("requests", "starts", "failures")) {
            String setting = "--slipway.starter.limits." + limit + "=";
            if (arguments.stream().noneMatch(said -> said.startsWith(setting))) {
                arguments.add(setting + 10_000);
            }
        }
        return arguments.toArray(String[]::new);
    }

    private static void token(List<String> arguments, int index, String subject, String group) {
        String at = "--slipway.starter.tokens[" + index + "].";
        String hash = Digests.sha256(subject.getBytes(StandardCharsets.UTF_8)).value();
        arguments.add(at + "subject=" + subject);
        arguments.add(at + "groups=" + group);
        arguments.add(at + "sha256=" + hash.substring("sha256:".length()));
    }

    private static void grant(
            List<String> arguments, int index, String group, String verbs, String services, String environments) {
        String at = "--slipway.starter.grants[" + index + "].";
        arguments.add(at + "group=" + group);
        arguments.add(at + "verbs=" + verbs);
        arguments.add(at + "services=" + services);
        arguments.add(at + "environments=" + environments);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws Exception {
        watch.end();
        for (int i = parts.size() - 1; i >= 0; i--) {
            parts.get(i).close();
        }
    }
}
