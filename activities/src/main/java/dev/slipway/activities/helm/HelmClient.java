package dev.slipway.activities.helm;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.activities.fence.WriteRight;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.Payloads;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** What helm says about a release, typed. */
final class HelmClient {
    private static final ObjectMapper JSON = Payloads.mapper();

    private final HelmRunner runner;
    private final WriteRight right;
    private final Pulse pulse;

    HelmClient(HelmRunner runner, WriteRight right, Pulse pulse) {
        this.runner = runner;
        this.right = right;
        this.pulse = pulse;
    }

    /** Every revision that Helm still knows. */
    History history(HelmTarget target) {
        HelmCommand command = HelmCli.history(target);
        Finished finished = look(command, List.of());
        if (HelmFailure.absent(finished)) {
            return History.NONE;
        }
        return new History(json(command, succeeded(command, finished), new TypeReference<List<Revision>>() {}));
    }

    /** The objects of a revision. */
    Manifest manifest(HelmTarget target, int revision) {
        HelmCommand command = HelmCli.manifest(target, revision);
        return parsed(command, succeeded(command, look(command, List.of())));
    }

    /** Our mark on a revision, wherever Helm has left it. */
    Optional<Mark> mark(HelmTarget target, Revision revision) {
        Optional<Mark> described = Mark.in(revision.said());
        if (described.isPresent() || revision.deployed()) {
            return described;
        }
        HelmCommand command = HelmCli.metadata(target, revision.revision());
        Finished finished = succeeded(command, look(command, List.of()));
        Map<String, String> labels = new HashMap<>();
        json(command, finished, new TypeReference<JsonNode>() {})
                .path("labels")
                .fields()
                .forEachRemaining(
                        label -> labels.put(label.getKey(), label.getValue().asText()));
        return Mark.in(labels, revision.revision());
    }

    /** What the chart would be with these values, rendered without asking the cluster. */
    Manifest template(HelmCommand command, Values values) {
        return parsed(command, succeeded(command, look(command, values.secrets())));
    }

    /** Runs a call that changes something; how it ended is for the caller to find out by looking. */
    Finished change(HelmCommand command, List<String> secrets) {
        return runner.run(command, right, pulse, secrets);
    }

    private Finished look(HelmCommand command, List<String> secrets) {
        return runner.run(command, WriteRight.NONE, pulse, secrets);
    }

    private static Finished succeeded(HelmCommand command, Finished finished) {
        if (!finished.ok()) {
            throw HelmFailure.of(command, finished);
        }
        return finished;
    }

    private static Manifest parsed(HelmCommand command, Finished finished) {
        try {
            return Manifest.of(finished.stdout());
        } catch (IllegalArgumentException e) {
            throw FailureType.INVALID_INPUT.failure(command.words() + " made no valid YAML" + where(e));
        }
    }

    /** The place alone: the lines around it may be a Secret's. */
    private static String where(IllegalArgumentException wrong) {
        return wrong.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null
                ? ": " + marked.getProblem() + ", line "
                        + (marked.getProblemMark().getLine() + 1) + " of what it rendered"
                : "";
    }

    private static <T> T json(HelmCommand command, Finished finished, TypeReference<T> type) {
        try {
            return JSON.readValue(finished.stdout(), type);
        } catch (IOException e) {
            ApplicationFailure failure =
                    FailureType.UNKNOWN.failure(command.words() + " did not answer with the JSON that Helm 4 writes");
            failure.initCause(e);
            throw failure;
        }
    }
}
