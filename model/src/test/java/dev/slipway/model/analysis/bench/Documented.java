package dev.slipway.model.analysis.bench;

import dev.slipway.model.analysis.bench.Threshold.Tool;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the tools' own documentation shows, and the fastest that they can be set to. */
final class Documented {
    private Documented() {}

    /** By what a person would call them. */
    static Map<String, Threshold> rules(int scrape) {
        Map<String, Threshold> rules = new LinkedHashMap<>();
        rules.put("Flagger, documented", new Threshold(Tool.FLAGGER, 60, 60, 5));
        rules.put("Flagger, fastest", new Threshold(Tool.FLAGGER, 10, 60, 1));
        rules.put("Argo, documented", new Threshold(Tool.ARGO, 300, 300, 4));
        rules.put("Argo, 10 s", new Threshold(Tool.ARGO, 10, 60, 1));
        rules.put("Argo, every scrape", new Threshold(Tool.ARGO, scrape, 60, 1));
        return rules;
    }
}
