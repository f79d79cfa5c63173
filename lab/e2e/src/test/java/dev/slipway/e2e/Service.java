package dev.slipway.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A service of a test's own: a folder with release.yaml, chart and values, and its routes in the lab. */
final class Service implements AutoCloseable {
    private static final String CHART = "infra/helm/llm-inference";
    private static final List<String> ENVIRONMENTS = List.of("development", "staging", "production");

    private final String name;
    private final Path folder;

    private Service(String name, Path folder) {
        this.name = name;
        this.folder = folder;
    }

    /**
     * A new service whose pipeline has these stages (YAML, indented by two).
     */
    static Service named(String prefix, String stages) {
        String name = prefix + "-" + Long.toString(System.nanoTime() % 1_000_000, 36);
        try {
            Path folder = Files.createTempDirectory("slipway-e2e-" + name);
            Service service = new Service(name, folder);
            service.copyChart();
            for (String environment : ENVIRONMENTS) {
                service.copy("values-" + environment + ".yaml");
            }
            service.copy("values-lab.yaml");
            Files.writeString(folder.resolve("release.yaml"), pipeline(name, stages));
            ENVIRONMENTS.forEach(service::route);
            return service;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pipeline(String name, String stages) {
        return """
                apiVersion: slipway.dev/v1
                kind: Pipeline
                service: %s
                owner: { team: e2e, slack: '#e2e', pagerduty: e2e }
                artifacts:
                  chart: ./chart
                  image: { repository: %s/model-server, values: image }
                traffic: { kind: HTTPRoute, name: '%s', drain: 2s }
                slos:
                  errors:  { bad: 'http_requests_total{status=~"5.."}', total: http_requests_total, objective: 90%% }
                  latency: { histogram: 'vllm:e2e_request_latency_seconds', below: 2.5s, objective: 90%% }
                stages:
                %s
                """.formatted(name, Lab.need("REGISTRY"), name, stages.indent(2).stripTrailing());
    }

    /** From now on its SLOs ask for a label that only Prometheus adds, so that nobody asks the pods themselves. */
    void onlyPrometheusCanTell() {
        try {
            Path file = pipelineFile();
            String asks = Files.readString(file)
                    .replace("total: http_requests_total,", "total: 'http_requests_total{job=\"pods\"}',");
            Files.writeString(file, asks);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on its chart brings the CronJob that sends requests, with lab/load as its image. */
    void sendsItsOwnLoad(String... more) {
        String binary = Shell.of("lab/load/build").must();
        Shell.of("lab/import-image", "load:1", binary).must();
        try {
            Path file = folder.resolve("values-lab.yaml");
            String args = more.length == 0 ? "" : "\n    - " + String.join("\n    - ", more);
            String values = Files.readString(file)
                    .replace("\nloadTest:", "\nloadTest:\n  enabled: true")
                    .replace("    - --quiet", "    - --quiet" + args);
            Files.writeString(file, values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The Jobs that send requests. */
    String loadJobs(String environment) {
        return Lab.kubectl(
                        "get", "jobs", "-n", environment, "-l", "slipway.dev/load=" + name + "-load-test", "-o", "name")
                .must();
    }

    /** Their pods, also those that are about to end. */
    String loadPods(String environment) {
        String labels = "app.kubernetes.io/name=llm-inference-load-test,app.kubernetes.io/instance=" + name;
        return Lab.kubectl("get", "pods", "-n", environment, "-l", labels, "-o", "name")
                .must();
    }

    /** Whether the CronJob is as the chart has it. */
    String suspended(String environment) {
        return Lab.kubectl("get", "cronjob", name + "-load-test", "-n", environment, "-o", "jsonpath={.spec.suspend}")
                .must();
    }

    String name() {
        return name;
    }

    String release(String version) {
        return name + "@" + version;
    }

    Path pipelineFile() {
        return folder.resolve("release.yaml");
    }

    String host(String environment) {
        return name + "." + environment + ".lab.local";
    }

    /** {@code slipway release} with the JSON of its end. */
    String[] releaseArguments(StandIn image, String... more) {
        List<String> arguments = new java.util.ArrayList<>(List.of(
                "release",
                "-f",
                pipelineFile().toString(),
                "--version",
                image.version(),
                "--image-digest",
                image.digest(),
                "-o",
                "json",
                "--timeout",
                "8m"));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    /** What was there before Slipway: somebody installed it by hand. */
    void baseline(String environment, StandIn image) {
        Lab.helm(
                        "upgrade",
                        "--install",
                        name,
                        CHART,
                        "-n",
                        environment,
                        "-f",
                        CHART + "/values-" + environment + ".yaml",
                        "-f",
                        CHART + "/values-lab.yaml",
                        "--set",
                        "image.tag=" + image.version() + ",image.digest=" + image.digest(),
                        "--wait",
                        "--timeout",
                        "60s")
                .must();
        // the pod is ready a moment before the gateway knows it; what users see begins after that
        Eventually.holds(
                "the gateway answers for " + host(environment),
                Duration.ofSeconds(20),
                () -> Shell.of(
                                "curl",
                                "-s",
                                "-o",
                                "/dev/null",
                                "-w",
                                "%{http_code}",
                                "-H",
                                "Host: " + host(environment),
                                Lab.need("GATEWAY_URL") + "/health")
                        .must()
                        .equals("200"));
    }

    /** The images that stable's pods run, by digest. */
    String imageOf(String environment, String helmRelease) {
        return Lab.kubectl(
                        "get",
                        "deployment",
                        helmRelease,
                        "-n",
                        environment,
                        "--ignore-not-found",
                        "-o",
                        "jsonpath={.spec.template.spec.containers[0].image}")
                .must();
    }

    /** Helm's own story of a release. */
    JsonNode helmHistory(String environment, String helmRelease) {
        Shell.Result result = Lab.helm("history", helmRelease, "-n", environment, "-o", "json")
                .run();
        try {
            return new ObjectMapper().readTree(result.exit() == 0 ? result.out() : "[]");
        } catch (JsonProcessingException e) {
            throw new AssertionError(result.toString(), e);
        }
    }

    /** Whether any revision of stable or canary is neither deployed nor over. */
    boolean locked(String environment) {
        return !Lab.helm("list", "-n", environment, "--pending", "--short", "--filter", "^" + name + "(-canary)?$")
                .must()
                .isEmpty();
    }

    /** The backends of the route as {@code name=weight}, in order. */
    String backends(String environment) {
        return Lab.kubectl(
                        "get",
                        "httproute",
                        name,
                        "-n",
                        environment,
                        "-o",
                        "jsonpath={range .spec.rules[0].backendRefs[*]}{.name}={.weight} {end}")
                .must();
    }

    /** Waits until the canary has this share of the traffic. */
    void awaitShare(String environment, int percent) {
        Eventually.holds(
                percent + "% of " + name + " in " + environment + " on the canary",
                Duration.ofMinutes(5),
                () -> backends(environment).contains("-canary=" + percent + " ")
                        || backends(environment).endsWith("-canary=" + percent));
    }

    private void route(String environment) {
        String yaml = """
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: { name: %1$s, namespace: %2$s }
                spec:
                  parentRefs: [ { name: "%3$s", namespace: "%4$s" } ]
                  hostnames: [ "%5$s" ]
                  rules:
                    - backendRefs: [ { name: %1$s, port: 8000, weight: 1 } ]
                """.formatted(
                        name, environment, Lab.need("GATEWAY_NAME"), Lab.need("GATEWAY_NAMESPACE"), host(environment));
        Lab.kubectl("apply", "-f", "-").stdin(yaml).must();
    }

    private void copyChart() throws IOException {
        Path from = Lab.root().resolve(CHART);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path to = folder.resolve("chart").resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(file, to);
                }
            }
        }
    }

    private void copy(String values) throws IOException {
        Files.copy(
                Lab.root().resolve(CHART).resolve(values), folder.resolve(values), StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() {
        for (String environment : ENVIRONMENTS) {
            Lab.kubectl("delete", "httproute", name, "-n", environment, "--ignore-not-found")
                    .run();
            Lab.helm("uninstall", name, name + "-canary", "-n", environment, "--ignore-not-found")
                    .run();
        }
    }
}
