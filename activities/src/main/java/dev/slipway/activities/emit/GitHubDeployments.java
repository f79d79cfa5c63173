package dev.slipway.activities.emit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.activities.OneLine;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Fact;
import dev.slipway.model.ReleaseView;
import dev.slipway.workflows.api.RecordBatch;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows releases on GitHub: a deployment for each stage of an attempt, known by the run in its payload, and a status for each
 * of its moves, known by the fact's number in its description. What is there already is not made again.
 */
public final class GitHubDeployments implements Listener {
    private static final Logger LOG = LoggerFactory.getLogger(GitHubDeployments.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LONGEST = 140;
    private static final String TASK = "slipway";
    private static final Pattern NUMBER = Pattern.compile("^\\[(\\d{1,18})] .*");

    private final GitHubApi api;
    private final Places places;

    /**
     * What GitHub calls things.
     *
     * @param repositories {@code owner/name} by service; services without one are not shown
     * @param ref what was released, {@code {version}} in it: a tag, as a release does not know its commit
     * @param logUrl where people read on, {@code {release}} in it; none when empty
     * @param environmentUrls where an environment is, by its name
     */
    public record Places(
            Map<String, String> repositories, String ref, String logUrl, Map<String, String> environmentUrls) {
        public Places {
            repositories = Map.copyOf(repositories);
            environmentUrls = Map.copyOf(environmentUrls);
        }
    }

    /**
     * @param token asked at each request
     */
    public GitHubDeployments(URI api, Supplier<String> token, Places places) {
        this(new GitHubApi(api, token, PATIENCE), places);
    }

    GitHubDeployments(GitHubApi api, Places places) {
        this.api = api;
        this.places = places;
    }

    @Override
    public void hear(RecordBatch batch) {
        String repository = places.repositories().get(batch.view().service().value());
        if (repository == null) {
            return;
        }
        try {
            long number = batch.first();
            for (Fact fact : batch.facts()) {
                Optional<String> state = state(fact);
                if (state.isPresent() && fact.environment().isPresent()) {
                    tell("/repos/" + repository + "/deployments", batch, number, fact, state.get());
                }
                number++;
            }
        } catch (GitHubApi.Refused refused) {
            LOG.error(
                    "{} is not shown in {}: GitHub says {}",
                    batch.view().release(),
                    repository,
                    OneLine.of(String.valueOf(refused.getMessage())));
        }
    }

    /** In GitHub's words; empty for facts that are no move. */
    private static Optional<String> state(Fact fact) {
        return switch (fact.kind()) {
            case MOVED ->
                Optional.of(
                        switch (fact.details().getOrDefault("phase", "")) {
                            case "WAITING" -> "queued";
                            case "STUCK" -> "error";
                            default -> "in_progress";
                        });
            case ENDED ->
                Optional.of(
                        switch (fact.details().getOrDefault("outcome", "")) {
                            case "PROMOTED" -> "success";
                            case "INTERFERED", "LEFT_AS_IS" -> "error";
                            default -> "failure";
                        });
            default -> Optional.empty();
        };
    }

    private void tell(String deployments, RecordBatch batch, long number, Fact fact, String state)
            throws GitHubApi.Refused {
        EnvironmentName environment = fact.environment().orElseThrow();
        String statuses = deployments + "/" + deployment(deployments, batch, environment) + "/statuses";
        if (told(api.get(statuses + "?per_page=100")) >= number) {
            return;
        }
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("state", state);
        status.put("description", cut("[" + number + "] " + OneLine.of(fact.what())));
        if (!places.logUrl().isBlank()) {
            status.put("log_url", places.logUrl().replace("{release}", encoded(release(batch))));
        }
        String url = places.environmentUrls().get(environment.value());
        if (url != null) {
            status.put("environment_url", url);
        }
        api.post(statuses, status);
    }

    private static long told(JsonNode statuses) {
        long last = 0;
        for (JsonNode status : statuses) {
            Matcher number = NUMBER.matcher(status.path("description").asText());
            last = Math.max(last, number.matches() ? Long.parseLong(number.group(1)) : 0);
        }
        return last;
    }

    private long deployment(String deployments, RecordBatch batch, EnvironmentName environment)
            throws GitHubApi.Refused {
        String ref = places.ref().replace("{version}", batch.view().version().value());
        String query =
                "?per_page=100&task=" + TASK + "&environment=" + encoded(environment.value()) + "&ref=" + encoded(ref);
        for (JsonNode one : api.get(deployments + query)) {
            if (one.path("payload").path("run").asText().equals(batch.runId())) {
                return one.path("id").asLong();
            }
        }
        ReleaseView view = batch.view();
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put("ref", ref);
        wanted.put("task", TASK);
        wanted.put("auto_merge", false);
        wanted.put("required_contexts", List.of());
        wanted.put("environment", environment.value());
        wanted.put("description", cut(release(batch) + " attempt " + view.attempt()));
        wanted.put("payload", Map.of("run", batch.runId(), "release", release(batch)));
        return api.post(deployments, wanted).path("id").asLong();
    }

    private static String release(RecordBatch batch) {
        return batch.view().release().toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(text.length(), LONGEST));
    }
}
