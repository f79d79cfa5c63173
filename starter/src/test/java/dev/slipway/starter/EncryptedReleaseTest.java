package dev.slipway.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.encryption.Encryption;
import dev.slipway.encryption.KeyFiles;
import dev.slipway.model.Verdict;
import dev.slipway.workflows.api.WatchResult;
import dev.slipway.workflows.testing.Scenario;
import io.temporal.client.WorkflowClient;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A word that nobody but its readers may see, wherever people and programs can put one into a release. */
class EncryptedReleaseTest {
    private static final String CANARY = "zebra/canary-7f3a9c";

    @TempDir
    Path folder;

    @Test
    void nothingThatTemporalKeepsOfAReleaseShowsWhatWasSaid() throws Exception {
        KeyFiles keys = new KeyFiles(folder.resolve("keys")).make("2026-11");
        try (Installation slipway = Installation.encrypting(
                folder,
                keys.active("2026-11"),
                settings("--slipway.encryption.keys=" + keys.folder(), "--slipway.encryption.active=2026-11"))) {
            assertThat(placesOf(slipway)).isEmpty();
        }
    }

    /** The other test would pass if the word were never said. */
    @Test
    void withoutEncryptionItIsInEveryKindOfPlace() throws Exception {
        try (Installation slipway = Installation.encrypting(folder, Encryption.NONE, settings())) {
            assertThat(String.join(" ", placesOf(slipway)))
                    .contains(
                            "input.payloads.data",
                            "result.payloads.data",
                            "applicationFailureInfo.details.payloads.data",
                            "heartbeatDetails.payloads.data",
                            "lastFailure.message",
                            "memo.fields.slipway.data",
                            "userMetadata.summary.data",
                            "userMetadata.details.data");
        }
    }

    /** Somebody who starts releases bears the word as a name. */
    private static String[] settings(String... more) {
        String hash = Api.image(CANARY).hex();
        List<String> settings = new ArrayList<>(List.of(
                "--slipway.starter.tokens[7].subject=" + CANARY,
                "--slipway.starter.tokens[7].groups=ci",
                "--slipway.starter.tokens[7].sha256=" + hash));
        settings.addAll(List.of(more));
        return settings.toArray(String[]::new);
    }

    /** Through a release with an approval, a watch that fails once and tells of it, and an end with a reason. */
    private Set<String> placesOf(Installation slipway) throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        slipway.watch
                .beating(CANARY)
                .then(order -> {
                    throw ApplicationFailure.newFailure("no answer from " + CANARY, "Away", "details of " + CANARY);
                })
                .then(order -> {
                    await(seen);
                    return new WatchResult.Decided(Verdict.failed("errors near " + CANARY), false);
                });
        Api approver = slipway.as("approver-1");
        Api ci = slipway.as(CANARY);
        ci.start(Installation.bundle(folder, "quiet", ""), Api.request("1.0.0"));
        ci.awaitPhase("quiet@1.0.0", "WAITING");
        assertThat(approver.post(
                                "/api/v1/releases/quiet@1.0.0/decisions",
                                "{\"choice\":\"APPROVE\",\"reason\":\"" + CANARY + "\"}")
                        .status())
                .isEqualTo(200);
        WorkflowClient client = slipway.starter.getBean(WorkflowClient.class);
        Set<String> places = new TreeSet<>();
        Scenario.awaitThat(
                "the watch was tried again", () -> slipway.watch.orders().size() > 1);
        places.addAll(Kept.of(client, "quiet@1.0.0").placesOf(CANARY));
        seen.countDown();
        assertThat(ci.awaitPhase("quiet@1.0.0", "DONE").path("reason").asString())
                .contains(CANARY);
        Kept kept = Kept.of(client, "quiet@1.0.0");
        assertThat(kept.names())
                .contains("history of quiet@1.0.0", "history of quiet:production", "description of quiet:development");
        places.addAll(kept.placesOf(CANARY));
        return places;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
