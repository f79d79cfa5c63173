package dev.slipway.activities.helm;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** One object of a manifest. */
record RenderedObject(Map<String, @Nullable Object> fields) {
    /** The annotation that makes an object a hook. */
    static final String HOOK = "helm.sh/hook";

    /** Its kind, empty when it has none. */
    String kind() {
        return text(fields.get("kind"));
    }

    /** Its name, empty when it has none. */
    String name() {
        return text(at(fields, "metadata", "name"));
    }

    /** Its group and version, such as {@code apps/v1}. */
    String apiVersion() {
        return text(fields.get("apiVersion"));
    }

    /** The namespace that the chart names, empty when it leaves that to Helm. */
    Optional<String> namespace() {
        return Optional.of(text(at(fields, "metadata", "namespace"))).filter(n -> !n.isEmpty());
    }

    /** Whether Helm runs it at some moment of a release's life, and does not keep it as a part of the release. */
    boolean isHook() {
        return !annotation(HOOK).isEmpty();
    }

    /** Whether only {@code helm test} runs it. */
    boolean isTest() {
        return isHook() && annotation(HOOK).matches("test(-success|-failure)?");
    }

    /** The names of the Secrets that its pods pull their images with. */
    List<String> pullSecrets() {
        List<String> found = new ArrayList<>();
        pullSecrets(fields, found);
        return found;
    }

    private static void pullSecrets(@Nullable Object value, List<String> found) {
        if (value instanceof Map<?, ?> map) {
            if (map.get("imagePullSecrets") instanceof List<?> secrets) {
                secrets.forEach(secret -> found.add(text(at(secret, "name"))));
            }
            map.values().forEach(inner -> pullSecrets(inner, found));
        } else if (value instanceof Collection<?> list) {
            list.forEach(inner -> pullSecrets(inner, found));
        }
    }

    /** {@code Service/podinfo}, and the namespace when the chart names another one. */
    String id() {
        return kind() + "/" + name();
    }

    /** The value of an annotation, empty when it has none. */
    String annotation(String key) {
        return text(at(fields, "metadata", "annotations", key));
    }

    /** Which pods it selects, empty when it selects none by label. */
    Map<?, ?> selector() {
        Object selector = at(fields, "spec", "selector");
        if (selector instanceof Map<?, ?> map && !kind().equals("Service")) {
            selector = map.get("matchLabels");
        }
        return selector instanceof Map<?, ?> map ? map : Map.of();
    }

    /** Whether it is a CronJob that never runs by its own schedule. */
    boolean suspended() {
        return Boolean.TRUE.equals(at(fields, "spec", "suspend"));
    }

    /** Whether it is a Service without an address of its own. */
    boolean headless() {
        return kind().equals("Service") && "None".equals(text(at(fields, "spec", "clusterIP")));
    }

    /** The first port of a Service. */
    OptionalInt firstPort() {
        if (at(fields, "spec", "ports") instanceof List<?> ports
                && !ports.isEmpty()
                && ports.get(0) instanceof Map<?, ?> port
                && port.get("port") instanceof Number number) {
            return OptionalInt.of(number.intValue());
        }
        return OptionalInt.empty();
    }

    /** The objects of a List. */
    List<RenderedObject> items() {
        List<RenderedObject> items = new ArrayList<>();
        if (fields.get("items") instanceof List<?> list) {
            for (Object item : list) {
                if (item instanceof Map<?, ?> map) {
                    @SuppressWarnings("unchecked") // HelmYaml makes no mapping with other keys
                    Map<String, @Nullable Object> typed = (Map<String, @Nullable Object>) map;
                    items.add(new RenderedObject(typed));
                }
            }
        }
        return items;
    }

    /** The images of all containers in it, wherever its kind has them. */
    List<String> images() {
        List<String> found = new ArrayList<>();
        collect(fields, found);
        return found;
    }

    private static void collect(@Nullable Object value, List<String> found) {
        if (value instanceof Map<?, ?> map) {
            for (String key : List.of("containers", "initContainers")) {
                if (map.get(key) instanceof List<?> containers) {
                    containers.forEach(container -> image(container, found));
                }
            }
            map.values().forEach(inner -> collect(inner, found));
        } else if (value instanceof Collection<?> list) {
            list.forEach(inner -> collect(inner, found));
        }
    }

    private static void image(@Nullable Object container, List<String> found) {
        if (container instanceof Map<?, ?> map && map.get("image") instanceof String image) {
            found.add(image);
        }
    }

    private static @Nullable Object at(@Nullable Object from, String... path) {
        Object value = from;
        for (String key : path) {
            value = value instanceof Map<?, ?> map ? map.get(key) : null;
        }
        return value;
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
