package dev.slipway.activities.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.slipway.model.BackendWeight;
import java.util.HashSet;
import java.util.Set;

/**
 * One write as a JSON Patch: it tests the epoch and the backends that were seen, then sets weights and marks. Status
 * updates of a Gateway controller change the resourceVersion all the time, so that is tested on the very first touch only,
 * when there is no epoch yet.
 */
final class HttpRoutePatch {
    private static final String ANNOTATIONS = "/metadata/annotations";

    private final HttpRouteDocument seen;
    private final ArrayNode operations = JsonNodeFactory.instance.arrayNode();

    private HttpRoutePatch(HttpRouteDocument seen) {
        this.seen = seen;
    }

    static ArrayNode of(HttpRouteDocument seen, RouteMark mark, Shares wanted) {
        HttpRoutePatch patch = new HttpRoutePatch(seen);
        patch.testEpoch();
        patch.backends(wanted);
        patch.annotate(HttpRouteDocument.EPOCH, Long.toString(mark.epoch()));
        patch.annotate(HttpRouteDocument.BACKENDS, wanted.toString());
        mark.release().ifPresent(release -> patch.annotate(HttpRouteDocument.RELEASE, release));
        patch.tripped(mark);
        return patch.operations;
    }

    private void testEpoch() {
        if (seen.annotation(HttpRouteDocument.EPOCH).isPresent()) {
            String epoch = seen.annotation(HttpRouteDocument.EPOCH).get();
            add("test", path(HttpRouteDocument.EPOCH), TextNode.valueOf(epoch));
            return;
        }
        JsonNode metadata = seen.json().path("metadata");
        add("test", "/metadata/resourceVersion", metadata.path("resourceVersion"));
        if (metadata.path("annotations").isMissingNode()) {
            add("add", ANNOTATIONS, JsonNodeFactory.instance.objectNode());
        }
    }

    private void backends(Shares wanted) {
        for (int rule : seen.rules()) {
            String path = "/spec/rules/" + rule + "/backendRefs";
            add("test", path, seen.backendRefs(rule));
            add("replace", path, changed(seen.backendRefs(rule), wanted));
        }
    }

    /** Known backends keep everything but their weight; a new one is like stable, filters included, with its own name. */
    private ArrayNode changed(JsonNode refs, Shares wanted) {
        ArrayNode changed = JsonNodeFactory.instance.arrayNode();
        JsonNode stable = JsonNodeFactory.instance.objectNode();
        Set<BackendWeight> added = new HashSet<>();
        for (JsonNode ref : refs) {
            for (BackendWeight want : wanted.list()) {
                if (want.backend().equals(seen.backend(ref)) && added.add(want)) {
                    changed.add(ref.<ObjectNode>deepCopy().put("weight", want.weight()));
                }
            }
            stable = seen.backend(ref).equals(seen.target().stable()) ? ref : stable;
        }
        for (BackendWeight want : wanted.list()) {
            if (added.add(want)) {
                changed.add(stable.<ObjectNode>deepCopy()
                        .put("name", want.backend().service())
                        .put("port", want.backend().port())
                        .put("weight", want.weight()));
            }
        }
        return changed;
    }

    private void tripped(RouteMark mark) {
        if (mark.tripped().isPresent()) {
            annotate(HttpRouteDocument.TRIPPED, mark.tripped().get());
        } else if (seen.annotation(HttpRouteDocument.TRIPPED).isPresent()) {
            add("remove", path(HttpRouteDocument.TRIPPED), JsonNodeFactory.instance.nullNode());
        }
    }

    private void annotate(String key, String value) {
        add("add", path(key), TextNode.valueOf(value));
    }

    private static String path(String annotation) {
        return ANNOTATIONS + "/" + annotation.replace("/", "~1");
    }

    private void add(String operation, String path, JsonNode value) {
        ObjectNode added = operations.addObject().put("op", operation).put("path", path);
        if (!value.isNull()) {
            added.set("value", value);
        }
    }
}
