package dev.slipway.starter;

import dev.slipway.model.Digest;
import dev.slipway.model.Digests;
import dev.slipway.workflows.testing.NextActivity;
import dev.slipway.workflows.testing.slack.FakeSlack;
import dev.slipway.workflows.testing.slack.SignedRequest;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * How long it takes from a modal that is handed in until the next activity starts, one approval after another, with the real
 * starter and workflows, Temporal's test server and a Slack in this process: {@code FILE RELEASES GATES}; {@code bench/approvals}.
 */
final class ApprovalBench {
    private ApprovalBench() {}

    public static void main(String... args) throws Exception {
        Path folder = Files.createTempDirectory("slipway-approvals");
        int releases = Integer.parseInt(args[1]);
        int gates = Integer.parseInt(args[2]);
        try (FakeSlack slack = new FakeSlack(0).user("U1").userGroup("S1");
                Installation slipway = Installation.wholeWith(folder, SlackWorkspace.settings(folder, slack))) {
            SlackWorkspace people = new SlackWorkspace(slack, slipway);
            List<Double> warm = measured(folder, slipway, people, slack, "warm", gates);
            System.out.printf("warm-up: %s%n", warm);
            List<Double> millis = new ArrayList<>();
            for (int i = 0; i < releases; i++) {
                millis.addAll(measured(folder, slipway, people, slack, "measured-" + i, gates));
            }
            write(Path.of(args[0]), millis);
        }
    }

    private static List<Double> measured(
            Path folder, Installation slipway, SlackWorkspace people, FakeSlack slack, String service, int gates) {
        Api ci = slipway.as("ci");
        byte[] bundle = Installation.bundle(
                folder,
                service,
                "",
                text -> text.replaceFirst("rolling: \\{}", "rolling: {}\n    after:\n      " + gates(gates)));
        Api.Answer accepted = ci.start(bundle, Api.request("1.0.0"));
        if (accepted.status() != 202) {
            throw new AssertionError(accepted.body());
        }
        String release = service + "@1.0.0";
        List<Instant> sent = new ArrayList<>();
        for (int gate = 1; gate <= gates; gate++) {
            String id = "development/approve" + (gate == 1 ? "" : "-" + gate);
            JsonNode view =
                    ci.await(release, now -> now.path("waitingFor").asString("").equals(id));
            String button = SlackWorkspace.button(release, 1, id, fingerprint(view.path("digests")));
            SignedRequest request = people.submit(
                    "U1",
                    "{\"ask\":\"" + button + "\",\"choice\":\"APPROVE\",\"responseUrl\":\"" + slack.responseUrl()
                            + "\"}",
                    "");
            sent.add(Instant.now());
            String answer = people.answer(request);
            if (!answer.isEmpty()) {
                throw new AssertionError(answer);
            }
        }
        ci.await(release, now -> now.path("waitingFor").asString("").equals("production/approve"));
        Api.Answer unused = slipway.as("approver-1").post("/api/v1/releases/" + release + "/abort", "{}");
        WorkflowClient client = slipway.starter.getBean(WorkflowClient.class);
        List<Instant> started = NextActivity.afterEachUpdate(
                client.fetchHistory(service + ":development").getEvents(), "Check_Http");
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < gates; i++) {
            millis.add((double) started.get(i).toEpochMilli() - sent.get(i).toEpochMilli());
        }
        return millis;
    }

    private static String gates(int number) {
        return String.join(
                "\n      ",
                Collections.nCopies(
                        number,
                        "- approve: { group: deployers, votes: 1 }\n      - check: { http: { path: /healthz } }"));
    }

    private static Digest fingerprint(JsonNode digests) {
        return new Digests(
                        new Digest(digests.path("chart").asString()),
                        new Digest(digests.path("image").asString()),
                        new Digest(digests.path("values").asString()),
                        new Digest(digests.path("pipeline").asString()))
                .fingerprint();
    }

    private static void write(Path file, List<Double> millis) throws IOException {
        double[] sorted = millis.stream().mapToDouble(m -> m).sorted().toArray();
        String load = Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
        String figures = Arrays.asList(50, 95).stream()
                .map(percent -> String.format(
                        Locale.ROOT,
                        "{\"id\":\"B6.p%d\",\"what\":\"modal handed in to next activity started, in-memory server, p%d; load"
                                + " average %s\",\"value\":%.0f,\"unit\":\"ms\",\"n\":%d,\"min\":%.0f,\"max\":%.0f,"
                                + "\"peer\":null,\"peer_value\":null,\"ratio\":null}",
                        percent,
                        percent,
                        load,
                        sorted[sorted.length * percent / 100],
                        sorted.length,
                        sorted[0],
                        sorted[sorted.length - 1]))
                .reduce((one, two) -> one + ",\n" + two)
                .orElseThrow();
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, "[" + figures + "]\n");
        System.out.println(figures);
    }
}
