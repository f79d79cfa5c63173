package dev.slipway.activities.route;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.activities.kubernetes.Kubernetes;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Who wrote the rules of a route and when, as {@code managedFields} tell. */
record Manager(String name, String time) {
    /** The last one who is not us and did not write before us; empty when nobody did, or nobody knows. */
    static Optional<Manager> lastOther(JsonNode route) {
        String ours = managers(route)
                .filter(m -> m.name.equals(Kubernetes.FIELD_MANAGER))
                .findFirst()
                .map(Manager::time)
                .orElse("");
        return managers(route)
                .filter(m -> !m.name.equals(Kubernetes.FIELD_MANAGER) && m.time.compareTo(ours) >= 0)
                .findFirst();
    }

    private static Stream<Manager> managers(JsonNode route) {
        return StreamSupport.stream(route.path("metadata").path("managedFields").spliterator(), false)
                .filter(f -> !f.path("fieldsV1").path("f:spec").path("f:rules").isMissingNode())
                .map(f -> new Manager(f.path("manager").asText(), f.path("time").asText()))
                .sorted(Comparator.comparing(Manager::time).reversed());
    }

    @Override
    public String toString() {
        return name + " at " + time;
    }
}
