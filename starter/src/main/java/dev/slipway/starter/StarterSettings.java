package dev.slipway.starter;

import dev.slipway.connection.Access;
import dev.slipway.connection.Tls;
import dev.slipway.model.Environment;
import dev.slipway.model.EnvironmentName;
import dev.slipway.pipeline.Policy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * What the platform team configures, under {@code slipway.starter}; wrong settings end the process with a sentence.
 *
 * @param dataDir bundles and, unless {@code keyFile} says otherwise, the key that signs decisions
 * @param environments all of the platform's, in the order in which a version goes through them
 * @param reaper looks for what stages that are gone have left
 * @param runDirectory where the pid file is written, nowhere when empty
 */
@ConfigurationProperties("slipway.starter")
record StarterSettings(
        @DefaultValue Temporal temporal,
        @Nullable Path dataDir,
        @Nullable Path keyFile,
        @DefaultValue List<Stage> environments,
        @DefaultValue Reaper reaper,
        @DefaultValue Demands policy,
        @DefaultValue List<Token> tokens,
        @DefaultValue List<Grant> grants,
        @DefaultValue("") String runDirectory) {

    StarterSettings {
        if (dataDir == null) {
            throw new IllegalArgumentException(
                    "slipway.starter.data-dir is missing: say where bundles are kept (SLIPWAY_CONFIG names the file)");
        }
        if (environments.isEmpty()) {
            throw new IllegalArgumentException("slipway.starter.environments is missing: list at least one");
        }
        long names = environments.stream().map(Stage::name).distinct().count();
        if (names != environments.size()) {
            throw new IllegalArgumentException("slipway.starter.environments names one twice");
        }
        long hashes = tokens.stream().map(Token::sha256).distinct().count();
        if (hashes != tokens.size()) {
            throw new IllegalArgumentException("slipway.starter.tokens has one token for two actors");
        }
    }

    Path data() {
        return java.util.Objects.requireNonNull(dataDir);
    }

    Path key() {
        return keyFile == null ? data().resolve("decision-key.pem") : keyFile;
    }

    Optional<Path> pidFile() {
        return runDirectory.isBlank() ? Optional.empty() : Optional.of(Path.of(runDirectory, "starter.pid"));
    }

    /** The environments as a plan freezes them. */
    List<Environment> resolved() {
        return environments.stream().map(Stage::resolved).toList();
    }

    /**
     * Where Temporal is.
     *
     * @param ui address of a workflow for people, with {@code {namespace}}, {@code {workflow}} and {@code {run}}; empty
     *     when there is none
     * @param queryLimit for what Temporal answers by itself, and for a query, which a worker answers
     * @param updateLimit for an update, which a worker must take up
     * @param apiKeyFile see {@link Access}
     */
    record Temporal(
            @DefaultValue("127.0.0.1:7233") String target,
            @DefaultValue("default") String namespace,
            @DefaultValue("") String ui,
            @DefaultValue("3s") Duration queryLimit,
            @DefaultValue("10s") Duration updateLimit,
            @DefaultValue Tls tls,
            @Nullable String apiKeyFile) {
        Temporal {
            Access unused = new Access(tls, apiKeyFile);
        }

        /** How the starter shows who it is. */
        Access access() {
            return new Access(tls, apiKeyFile);
        }
    }

    /** One environment; see {@link Environment}. */
    record Stage(
            String name,
            @Name("protected") @DefaultValue("false") boolean isProtected,
            @Nullable String namespace,
            @DefaultValue("10m") Duration startUpLimit,
            @DefaultValue("10") int historyMax,
            @DefaultValue("10m") Duration blindBudget) {
        Stage {
            if (name == null) {
                throw new IllegalArgumentException("slipway.starter.environments[].name is missing");
            }
        }

        Environment resolved() {
            return new Environment(
                    new EnvironmentName(name),
                    isProtected,
                    namespace == null ? name : namespace,
                    startUpLimit,
                    historyMax,
                    blindBudget);
        }
    }

    /**
     * The reaper.
     *
     * @param every how often each environment is looked at
     */
    record Reaper(@DefaultValue("1m") Duration every) {
        private static final Duration LEAST = Duration.ofSeconds(5);

        Reaper {
            if (every.compareTo(LEAST) < 0) {
                throw new IllegalArgumentException(
                        "slipway.starter.reaper.every is " + every + ": give at least " + LEAST);
            }
        }
    }

    /** What protected environments demand; see {@link Policy}. */
    record Demands(
            @DefaultValue("1") int leastVotes,
            @DefaultValue("10m") Duration leastWatched,
            @DefaultValue("true") boolean allStagesBefore,
            @DefaultValue("false") boolean authorsNamed) {
        Policy policy() {
            return new Policy(leastVotes, leastWatched, allStagesBefore, authorsNamed);
        }
    }

    /**
     * A caller, known by a bearer token of which only the hash is here.
     *
     * @param sha256 of the token's bytes, 64 lower-case hexadecimal digits
     */
    record Token(
            String sha256, String subject, @DefaultValue Set<String> groups) {
        private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

        Token {
            if (subject == null || subject.isBlank()) {
                throw new IllegalArgumentException("slipway.starter.tokens[].subject is missing");
            }
            if (sha256 == null || !HASH.matcher(sha256).matches()) {
                throw new IllegalArgumentException("slipway.starter.tokens[].sha256 of " + subject
                        + " is no SHA-256 (64 lower-case hexadecimal digits; printf %s TOKEN | sha256sum)");
            }
        }
    }

    /**
     * What a group may do.
     *
     * @param services names, {@code *} for every one
     * @param environments names, {@code *} for every one
     */
    record Grant(
            String group,
            Set<Verb> verbs,
            @DefaultValue("*") Set<String> services,
            @DefaultValue("*") Set<String> environments) {
        Grant {
            if (group == null || verbs == null) {
                throw new IllegalArgumentException("slipway.starter.grants[] needs group and verbs");
            }
            if (verbs.contains(Verb.DECODE) && !(services.contains("*") && environments.contains("*"))) {
                throw new IllegalArgumentException("slipway.starter.grants[] of " + group
                        + ": decode cannot be kept to some services or environments, since a payload does not tell whose"
                        + " it is; give decode a grant of its own, without services and environments");
            }
        }
    }
}
