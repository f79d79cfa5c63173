package dev.slipway.activities.route;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the Gateway controllers of a route say in its status. */
final class GatewayStatus {
    private GatewayStatus() {}

    /** Taken when every parent that reports at all has seen the newest generation; no report is not taken. */
    static TrafficSwitch.Word word(JsonNode route) {
        long generation = route.path("metadata").path("generation").asLong();
        JsonNode parents = route.path("status").path("parents");
        boolean taken = parents.size() > 0;
        List<String> complaints = new ArrayList<>();
        for (JsonNode parent : parents) {
            taken &= parent.path("conditions").size() > 0;
            for (JsonNode condition : parent.path("conditions")) {
                taken &= condition.path("observedGeneration").asLong() >= generation;
                complaint(parent, condition).ifPresent(complaints::add);
            }
        }
        return new TrafficSwitch.Word(
                taken, complaints.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", complaints)));
    }

    private static Optional<String> complaint(JsonNode parent, JsonNode condition) {
        String type = condition.path("type").asText();
        boolean mustBeTrue = type.equals("Accepted") || type.equals("ResolvedRefs");
        if (!mustBeTrue || condition.path("status").asText().equals("True")) {
            return Optional.empty();
        }
        return Optional.of(parent.path("controllerName").asText() + " says " + type + "="
                + condition.path("status").asText() + " ("
                + condition.path("reason").asText() + "): "
                + condition.path("message").asText());
    }
}
