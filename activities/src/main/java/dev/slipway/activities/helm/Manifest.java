package dev.slipway.activities.helm;

import dev.slipway.model.Digest;
import dev.slipway.model.Digests;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The objects that Helm made from a chart.
 *
 * @param digest of the text, byte for byte: a rollback keeps the text of the revision it returns to
 * @param packed bytes of the text as Helm stores it, compressed
 */
record Manifest(Digest digest, long packed, List<RenderedObject> objects) {
    Manifest {
        objects = List.copyOf(objects);
    }

    /**
     * @throws IllegalArgumentException when it is not YAML
     */
    static Manifest of(byte[] text) {
        List<RenderedObject> objects = new ArrayList<>();
        for (Map<String, @Nullable Object> document : HelmYaml.documents(new String(text, StandardCharsets.UTF_8))) {
            RenderedObject object = new RenderedObject(document);
            if (object.kind().endsWith("List") && document.get("items") instanceof List<?>) {
                objects.addAll(object.items());
            } else {
                objects.add(object);
            }
        }
        return new Manifest(Digests.sha256(text), Packed.sizeOf(text), objects);
    }

    /** What a deployment makes; what only {@code helm test} makes is somebody else's to run. */
    List<RenderedObject> deployed() {
        return objects.stream().filter(object -> !object.isTest()).toList();
    }

    /** All container images, sorted, each once. */
    List<String> images() {
        TreeSet<String> images = new TreeSet<>();
        objects.forEach(object -> images.addAll(object.images()));
        return List.copyOf(images);
    }
}
