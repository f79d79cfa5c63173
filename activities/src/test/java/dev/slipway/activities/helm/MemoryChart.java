package dev.slipway.activities.helm;

import com.fasterxml.jackson.databind.JsonNode;

/** The one chart that {@link MemoryHelm} knows: a Service and a Deployment of one container. */
final class MemoryChart {
    private MemoryChart() {}

    static String render(String release, JsonNode values) {
        JsonNode image = values.path("image");
        return manifest(
                release,
                image.path("repository").asText() + ":" + image.path("tag").asText() + "@"
                        + image.path("digest").asText());
    }

    static String manifest(String release, String image) {
        return """
                ---
                apiVersion: v1
                kind: Service
                metadata:
                  name: %1$s
                spec:
                  selector:
                    app.kubernetes.io/instance: %1$s
                  ports:
                    - { name: http, port: 8080 }
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: %1$s
                spec:
                  selector:
                    matchLabels: { app.kubernetes.io/instance: %1$s }
                  template:
                    metadata:
                      labels: { app.kubernetes.io/instance: %1$s }
                    spec:
                      containers:
                        - { name: sample, image: "%2$s" }
                """.formatted(release, image);
    }
}
