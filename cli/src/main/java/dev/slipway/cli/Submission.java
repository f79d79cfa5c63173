package dev.slipway.cli;

import dev.slipway.model.Digest;
import dev.slipway.model.ReleaseId;
import dev.slipway.pipeline.Bundle;
import dev.slipway.pipeline.Pipeline;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What is handed to the server: the bundle, and which version and image it is for. */
record Submission(Bundle bundle, ReleaseId release, String imageTag, Digest imageDigest) {
    private static final String BOUNDARY = "slipway-part-7d1c5f2e9b";

    /** Reads, checks, packs and resolves. */
    static Submission prepare(PipelineFile file, VersionOptions version) {
        Pipeline pipeline = file.pipeline();
        Bundle bundle = file.pack(pipeline);
        Digest image = PipelineFile.image(pipeline, version.tag(), version.digest());
        return new Submission(bundle, new ReleaseId(pipeline.service(), version.version()), version.tag(), image);
    }

    /** Asks the server to start it, or to join it when it runs already. */
    Server.Answer start(
            Server server,
            boolean again,
            boolean supersede,
            Optional<EvidenceDocument> evidence,
            List<String> authors) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("service", release.service().value());
        request.put("version", release.version().value());
        request.put("imageTag", imageTag);
        request.put("imageDigest", imageDigest.value());
        request.put("again", again);
        request.put("supersede", supersede);
        // an older server refuses a field that it does not know, so it is told of authors when there are any
        if (!authors.isEmpty()) {
            request.put("authors", authors);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        part(body, "request", "", "application/json", Json.line(request).getBytes(StandardCharsets.UTF_8));
        evidence.ifPresent(document ->
                part(body, "evidence", "; filename=\"evidence.json\"", "application/json", document.bytes()));
        return send(server, "/api/v1/releases", body, bundle);
    }

    /**
     * Asks the server for the plan with its environments, checked against its policy. It is told of authors also when there are
     * none, for only then it says that it wants some; an older server does not look at the part.
     */
    static JsonNode plan(Server server, Bundle bundle, List<String> authors) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        part(
                body,
                "request",
                "",
                "application/json",
                Json.line(Map.of("authors", authors)).getBytes(StandardCharsets.UTF_8));
        return send(server, "/api/v1/plans", body, bundle).document();
    }

    private static Server.Answer send(Server server, String path, ByteArrayOutputStream body, Bundle bundle) {
        part(body, "bundle", "; filename=\"bundle.tgz\"", "application/gzip", bundle.archive());
        body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return server.post(path, "multipart/form-data; boundary=" + BOUNDARY, body.toByteArray());
    }

    private static void part(ByteArrayOutputStream body, String name, String file, String type, byte[] content) {
        String head = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"" + file
                + "\r\nContent-Type: " + type + "\r\n\r\n";
        body.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        body.writeBytes(content);
        body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
}
