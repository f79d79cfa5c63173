package dev.slipway.worker;

import dev.slipway.model.EnvironmentName;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Everything a worker is told, under {@code slipway.}; wrong settings end the process with a sentence each.
 *
 * @param environment what an environment's worker acts on; must be absent for the control worker
 * @param runDirectory where the pid file is written, nowhere when absent
 */
@ConfigurationProperties("slipway")
record WorkerSettings(
        Worker worker,
        @DefaultValue Temporal temporal,
        @DefaultValue Drain drain,
        @Nullable Environment environment,
        @Nullable String runDirectory) {
    WorkerSettings {
        if (worker == null) {
            throw new IllegalArgumentException("slipway.worker.role is missing: say 'control' or 'environment'");
        }
        if (worker.role() == Role.ENVIRONMENT && environment == null) {
            throw new IllegalArgumentException("slipway.worker.role=environment needs slipway.environment.name,"
                    + " slipway.environment.kubeconfig and slipway.environment.prometheus");
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
     */
    record Temporal(
            @DefaultValue("127.0.0.1:7233") String address,
            @DefaultValue("default") String namespace) {}

    /**
     * How the worker stops.
     *
     * @param grace what runs may go on for so long; a Helm operation ends cleanly within it
     */
    record Drain(@DefaultValue("60s") Duration grace) {}

    /**
     * The environment that this worker, and no other, acts on.
     *
     * @param kubeconfig file with the environment's own credentials
     * @param prometheus base address
     * @param actions how many mutations may run at the same time
     * @param watches how many watches may run at the same time
     */
    record Environment(
            String name,
            Path kubeconfig,
            URI prometheus,
            @DefaultValue("4") int actions,
            @DefaultValue("100") int watches) {
        Environment {
            if (name == null || kubeconfig == null || prometheus == null) {
                throw new IllegalArgumentException("slipway.environment needs name, kubeconfig and prometheus");
            }
            EnvironmentName unused = new EnvironmentName(name);
            if (!Files.isReadable(kubeconfig)) {
                throw new IllegalArgumentException("slipway.environment.kubeconfig: cannot read " + kubeconfig);
            }
            if (!"http".equals(prometheus.getScheme()) && !"https".equals(prometheus.getScheme())) {
                throw new IllegalArgumentException(
                        "slipway.environment.prometheus must be an http or https address, not " + prometheus);
            }
            if (actions < 1 || watches < 1) {
                throw new IllegalArgumentException("slipway.environment.actions and .watches must be at least 1");
            }
        }

        /** The name as the release path writes it. */
        EnvironmentName environmentName() {
            return new EnvironmentName(name);
        }
    }
}
