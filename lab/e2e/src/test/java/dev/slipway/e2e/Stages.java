package dev.slipway.e2e;

/** The stages that the tests' pipelines are made of, in seconds instead of hours. */
final class Stages {
    private Stages() {}

    static String rolling(String environment, String after) {
        return """
                - environment: %1$s
                  values: [values-%1$s.yaml, values-lab.yaml]
                  rolling: {}
                  after: [ %2$s ]
                """.formatted(environment, after);
    }

    /** A canary in development with these ramps, judged on 20 requests each. */
    static String canary(String environment, String before, String ramps, String after) {
        return """
                - environment: %1$s
                  values: [values-%1$s.yaml, values-lab.yaml]
                  before: [ %2$s ]
                  canary:
                    beforeTraffic: [ %5$s ]
                    ramps: [ %3$s ]
                    analyze: { slos: [errors, latency], warmUp: 0s, atLeast: 6s, atMost: 2m, minRequests: 20 }
                  after: [ %4$s ]
                """.formatted(environment, before, ramps, after, CHECK);
    }

    static final String CHECK =
            "{ check: { http: { name: completion, path: /v1/completions, method: POST, body: '{\"prompt\":\"hello\"}', contains: choices } } }";

    static String soak(String healthyFor, int minRequests) {
        return "{ soak: { healthyFor: %s, atMost: 3m, slos: [errors, latency], minRequests: %d } }"
                .formatted(healthyFor, minRequests);
    }

    static String approve() {
        return "{ approve: { group: deployers, votes: 1, within: 10m } }";
    }
}
