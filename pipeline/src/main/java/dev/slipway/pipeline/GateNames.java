package dev.slipway.pipeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The names of a stage's gates: as written, otherwise the kind, numbered when that is taken. */
final class GateNames {
    private final Map<String, String> byPointer = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    GateNames(Part stage, Problems problems) {
        List<Part> bodies = bodies(stage);
        for (Part body : bodies) {
            body.text("name").ifPresent(name -> explicit(body, name, problems));
        }
        for (Part body : bodies) {
            byPointer.computeIfAbsent(body.pointer(), pointer -> free(kind(body)));
        }
    }

    /** @param body what stands below {@code require}, {@code approve}, {@code soak} or {@code http} */
    String of(Part body) {
        return byPointer.getOrDefault(body.pointer(), kind(body));
    }

    private void explicit(Part body, String name, Problems problems) {
        if (!taken.add(name)) {
            problems.add(
                    body.get("name").at(),
                    "two gates of this stage are named " + Wording.quote(name),
                    "people answer to ENVIRONMENT/NAME: give each its own");
        }
        byPointer.put(body.pointer(), name);
    }

    private String free(String kind) {
        int number = 1;
        String name = kind;
        while (!taken.add(name)) {
            number++;
            name = kind + "-" + number;
        }
        return name;
    }

    private static String kind(Part body) {
        String last = body.pointer().substring(body.pointer().lastIndexOf('/') + 1);
        return last.equals("http") ? "check" : last;
    }

    /** In the order of the file's meaning, whatever the order of its keys. */
    private static List<Part> bodies(Part stage) {
        List<Part> bodies = new ArrayList<>();
        Part canary = stage.get("canary");
        stage.items("before").forEach(item -> addBody(item, bodies));
        canary.items("beforeTraffic").forEach(item -> addBody(item, bodies));
        canary.items("ramps").stream()
                .map(ramp -> ramp.get("approve"))
                .filter(Part::present)
                .forEach(bodies::add);
        stage.items("after").forEach(item -> addBody(item, bodies));
        return bodies;
    }

    private static void addBody(Part item, List<Part> bodies) {
        Stream.of(
                        item.get("require"),
                        item.get("approve"),
                        item.get("soak"),
                        item.get("check").get("http"))
                .filter(Part::present)
                .forEach(bodies::add);
    }
}
