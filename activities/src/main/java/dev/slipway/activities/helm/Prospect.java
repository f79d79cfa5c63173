package dev.slipway.activities.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.activities.bundle.Diffs;
import dev.slipway.activities.difference.Comparison;
import dev.slipway.activities.difference.Side;
import dev.slipway.model.Difference;
import dev.slipway.model.Digest;
import dev.slipway.model.Digests;
import dev.slipway.model.PriorState;
import dev.slipway.workflows.api.DifferenceOrder;
import dev.slipway.workflows.api.FailureType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** What a version would change: its chart, rendered with its values, beside what Helm keeps of the revision before. */
final class Prospect {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HelmClient client;
    private final HelmCluster cluster;
    private final DifferenceOrder order;
    private final Diffs diffs;

    Prospect(HelmClient client, HelmCluster cluster, DifferenceOrder order, Diffs diffs) {
        this.client = client;
        this.cluster = cluster;
        this.order = order;
        this.diffs = diffs;
    }

    Difference of(Chart chart) {
        Side after = rendered(chart);
        Optional<StoredRevision> before = before();
        Comparison comparison = before.map(revision -> Comparison.of(stored(revision), after))
                .orElseGet(() -> Comparison.ofFirst(after));
        byte[] whole = comparison.whole(heading()).getBytes(StandardCharsets.UTF_8);
        Digest digest = Digests.sha256(whole);
        return comparison.difference().kept(digest, diffs.keep(digest, whole).orElse(""));
    }

    private Optional<StoredRevision> before() {
        PriorState prior = order.prior().orElse(null);
        if (prior == null) {
            return cluster.stored(order.stable(), Optional.empty());
        }
        if (!(prior instanceof PriorState.HelmRevision revision)) {
            return Optional.empty();
        }
        Optional<StoredRevision> stored = cluster.stored(order.stable(), Optional.of(revision.revision()));
        if (stored.isEmpty()) {
            throw FailureType.MISSING.failure("Helm has no record of revision " + revision.revision() + " of "
                    + order.stable().release() + " any more");
        }
        return stored;
    }

    private Side stored(StoredRevision revision) {
        try {
            return new Side(revision.title(), order.stable().namespace(), revision.values(), revision.deployed());
        } catch (IllegalArgumentException e) {
            // its message quotes the text, which may be a Secret's
            throw FailureType.INVALID_INPUT.failure(
                    "Helm's record of revision " + revision.revision() + " holds no valid YAML");
        }
    }

    private Side rendered(Chart chart) {
        HelmCommand template =
                HelmCli.template(order.stable(), chart.folder(), chart.values().json());
        List<JsonNode> objects = client.template(template, chart.values()).deployed().stream()
                .map(object -> JSON.<JsonNode>valueToTree(object.fields()))
                .toList();
        return new Side(
                order.release() + " (chart " + chart.title() + ")",
                order.stable().namespace(),
                values(chart),
                objects);
    }

    private static JsonNode values(Chart chart) {
        try {
            return JSON.readTree(chart.values().json());
        } catch (IOException e) {
            throw new IllegalStateException("values that were just written are no JSON", e);
        }
    }

    private List<String> heading() {
        Digests digests = order.digests();
        return List.of(
                order.release() + " in " + order.stable().environment(),
                "image    " + digests.image(),
                "chart    " + digests.chart(),
                "values   " + digests.values(),
                "pipeline " + digests.pipeline());
    }
}
