package dev.slipway.worker;

import dev.slipway.activities.seal.SealRule;
import dev.slipway.connection.Access;
import dev.slipway.connection.Tls;
import dev.slipway.model.EnvironmentName;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Everything a worker is told, under {@code slipway.}; wrong settings end the process with a sentence each.
 *
 * @param starter where an environment's worker gets bundles from
 * @param environment what an environment's worker acts on; must be absent for the control worker
 * @param pagerduty how people are called; of the control worker alone
 * @param slack how the control worker tells channels; it tells none when absent
 * @param runDirectory where the pid file is written, nowhere when absent
 */
@ConfigurationProperties("slipway")
record WorkerSettings(
        Worker worker,
        @DefaultValue Temporal temporal,
        @DefaultValue Drain drain,
        @DefaultValue PagerDutySettings pagerduty,
        @Nullable Environment environment,
        @Nullable Starter starter,
        @Nullable Slack slack,
        @Nullable String runDirectory) {
    WorkerSettings {
        if (worker == null) {
            throw new IllegalArgumentException("slipway.worker.role is missing: say 'control' or 'environment'");
        }
        if (worker.role() == Role.ENVIRONMENT && environment == null) {
            throw new IllegalArgumentException("slipway.worker.role=environment needs slipway.environment.name,"
                    + " slipway.environment.kubeconfig, slipway.environment.prometheus and slipway.environment.helm");
        }
        if (worker.role() == Role.ENVIRONMENT && starter == null) {
            throw new IllegalArgumentException("slipway.worker.role=environment needs slipway.starter.url and"
                    + " slipway.starter.token-file: bundles come from there");
        }
        if (worker.role() == Role.ENVIRONMENT && pagerduty.configured()) {
            throw new IllegalArgumentException("people are called by the control worker:"
                    + " remove slipway.pagerduty.*, so that this process does not hold the key");
        }
        if (worker.role() == Role.ENVIRONMENT && slack != null) {
            throw new IllegalArgumentException("an environment's worker tells no channel:"
                    + " remove slipway.slack.*, which is for the control worker");
        }
        if (worker.role() == Role.CONTROL && environment != null) {
            throw new IllegalArgumentException("the control worker has no cluster credentials:"
                    + " remove slipway.environment.*, or set slipway.worker.role=environment");
        }
    }

    /** {@code worker-control} or {@code worker-ENVIRONMENT}: the process's name in pid file, identity and logs. */
    String name() {
        return "worker-" + (environment == null ? "control" : environment.name());
    }

    /** The directory of the pid file; empty text counts as absent, so that it can come from an unset variable. */
    Optional<Path> pidDirectory() {
        return Optional.ofNullable(runDirectory).filter(text -> !text.isBlank()).map(Path::of);
    }

    /** The settings of the environment's role. */
    Environment ofEnvironment() {
        if (environment == null) {
            throw new IllegalStateException("this worker has no environment");
        }
        return environment;
    }

    /** The settings of the source of bundles. */
    Starter ofStarter() {
        if (starter == null) {
            throw new IllegalStateException("this worker has no starter");
        }
        return starter;
    }

    /** What a worker process is for. */
    enum Role {
        /** Workflows and people; no cluster credentials. */
        CONTROL,
        /** The activities of one environment, with that environment's credentials alone. */
        ENVIRONMENT
    }

    /** The worker itself. */
    record Worker(@Nullable Role role) {
        Worker {
            if (role == null) {
                throw new IllegalArgumentException("slipway.worker.role is missing: say 'control' or 'environment'");
            }
        }
    }

    /**
     * Where Temporal is.
     *
     * @param address host and port of the frontend
     * @param apiKeyFile see {@link Access}
     */
    record Temporal(
            @DefaultValue("127.0.0.1:7233") String address,
            @DefaultValue("default") String namespace,
            @DefaultValue Tls tls,
            @Nullable String apiKeyFile) {
        Temporal {
            Access unused = new Access(tls, apiKeyFile);
        }

        /** How the worker shows who it is. */
        Access access() {
            return new Access(tls, apiKeyFile);
        }
    }

    /**
     * How the worker stops.
     *
     * @param grace what runs may go on for so long; a Helm operation ends cleanly within it
     */
    record Drain(@DefaultValue("60s") Duration grace) {}

    /**
     * The starter, from which bundles are fetched.
     *
     * @param url base address
     * @param tokenFile holds this worker's token, which may do nothing else; read at each fetch, so it can be changed
     */
    record Starter(URI url, Path tokenFile) {
        Starter {
            if (url == null || tokenFile == null) {
                throw new IllegalArgumentException("slipway.starter needs url and token-file");
            }
            new SettingFile("slipway.starter.token-file", tokenFile).requireReadable();
        }

        /** The token, without the line end that editors add. */
        String token() {
            return new SettingFile("slipway.starter.token-file", tokenFile).content();
        }
    }

    /**
     * Slack.
     *
     * @param tokenFile holds the app's bot token; read at each call, so it can be changed
     * @param apiUrl of the Web API
     * @param fallbackChannel id of the channel that is told what a release's own does not take; none when empty
     */
    record Slack(
            Path tokenFile,
            @DefaultValue("https://slack.com/api/") URI apiUrl,
            @DefaultValue("") String fallbackChannel) {
        Slack {
            if (tokenFile == null) {
                throw new IllegalArgumentException("slipway.slack needs token-file");
            }
            new SettingFile("slipway.slack.token-file", tokenFile).requireReadable();
            if (!fallbackChannel.isBlank() && !fallbackChannel.matches("[A-Z0-9]+")) {
                throw new IllegalArgumentException("slipway.slack.fallback-channel must be a channel's id, such as"
                        + " C012AB3CD (at the end of its \"About\" in Slack), not " + fallbackChannel);
            }
        }

        Optional<String> fallback() {
            return Optional.of(fallbackChannel).filter(id -> !id.isBlank());
        }

        /** The token, without the line end that editors add. */
        String token() {
            return new SettingFile("slipway.slack.token-file", tokenFile).content();
        }
    }

    /**
     * The environment that this worker, and no other, acts on.
     *
     * @param kubeconfig file with the environment's own credentials
     * @param prometheus base address
     * @param helm absolute path of the binary
     * @param helmSha256 what the binary's content must have, 64 hexadecimal digits; not checked when absent
     * @param bundleCache folder of this worker alone; a temporary one when absent
     * @param actions how many mutations and waits for readiness may run at the same time
     * @param watches how many watches may run at the same time
     * @param loads how many soaks may be under a load of Slipway's at the same time
     * @param scrape how pods are asked beside Prometheus
     * @param approvals what must have been approved before it deploys; it takes the workflow's word when absent
     */
    record Environment(
            String name,
            Path kubeconfig,
            URI prometheus,
            Path helm,
            @Nullable String helmSha256,
            @Nullable Path bundleCache,
            @DefaultValue("8") int actions,
            @DefaultValue("100") int watches,
            @DefaultValue("100") int loads,
            @DefaultValue Scrape scrape,
            @Nullable ApprovalSettings approvals) {
        Environment {
            if (name == null || kubeconfig == null || prometheus == null || helm == null) {
                throw new IllegalArgumentException(
                        "slipway.environment needs name, kubeconfig, prometheus and helm (the binary's path)");
            }
            EnvironmentName unused = new EnvironmentName(name);
            new SettingFile("slipway.environment.kubeconfig", kubeconfig).requireReadable();
            if (!"http".equals(prometheus.getScheme()) && !"https".equals(prometheus.getScheme())) {
                throw new IllegalArgumentException(
                        "slipway.environment.prometheus must be an http or https address, not " + prometheus);
            }
            if (actions < 1 || watches < 1 || loads < 1) {
                throw new IllegalArgumentException(
                        "slipway.environment.actions, .watches and .loads must be at least 1");
            }
        }

        /** The name as the release path writes it. */
        EnvironmentName environmentName() {
            return new EnvironmentName(name);
        }

        Optional<String> helmDigest() {
            return Optional.ofNullable(helmSha256).filter(text -> !text.isBlank());
        }

        Optional<SealRule> sealRule() {
            return Optional.ofNullable(approvals).map(said -> said.rule(environmentName()));
        }

        Optional<Path> cache() {
            return Optional.ofNullable(bundleCache);
        }
    }

    /**
     * Scrapes of the pods themselves while a canary is exposed, so that a watch need not wait for Prometheus's interval.
     *
     * @param direct whether there are any
     * @param every between two scrapes of a pod, at least 500 ms
     */
    record Scrape(
            @DefaultValue("true") boolean direct,
            @DefaultValue("1s") Duration every) {
        private static final Duration LEAST = Duration.ofMillis(500);
        private static final Duration MOST = Duration.ofSeconds(30);

        Scrape {
            if (every.compareTo(LEAST) < 0 || every.compareTo(MOST) > 0) {
                throw new IllegalArgumentException(
                        "slipway.environment.scrape.every must be from 500ms to 30s, not " + every.toMillis() + "ms");
            }
        }
    }
}
