package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Phase;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people say to a release. */
class PeopleTest {
    private final FakeApi api = new FakeApi().story(Views.atApproval());

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void approvesTheOpenGateForTheDigestsThatAreShown() {
        api.answers(
                "POST /api/v1/releases/podinfo@6.9.2/decisions",
                200,
                "{\"message\":\"1 of 1 approvals from deployers (approver-2)\"}");

        Run run = Run.against(api, "approve", "podinfo@6.9.2");

        assertThat(run.code()).isZero();
        assertThat(run.out())
                .isEqualTo("approved podinfo@6.9.2 (image sha256:aaaaaaaaaaaa) at production/approve:"
                        + " 1 of 1 approvals from deployers (approver-2)\n");
        assertThat(api.last("POST").body())
                .isEqualTo("{\"gate\":\"production/approve\",\"choice\":\"APPROVE\",\"attempt\":1,\"fingerprint\":\""
                        + Views.DIGESTS.fingerprint() + "\",\"reason\":\"\"}");
    }

    @Test
    void rejectsWithAReason() {
        Run run = Run.against(
                api, "reject", "podinfo@6.9.2", "--gate", "production/approve", "--reason", "not in a freeze");

        assertThat(run.out()).startsWith("rejected podinfo@6.9.2");
        assertThat(api.last("POST").body())
                .contains("\"choice\":\"REJECT\"")
                .contains("\"reason\":\"not in a freeze\"");
    }

    @Test
    void whatTheServerHasNoTimeForIsSaidAgainWhenItSaysSo() {
        String route = "POST /api/v1/releases/podinfo@6.9.2/decisions";
        api.answers(route, 429, "application/problem+json", "{}", Map.of("Retry-After", "0"));
        api.answers(route, 200, "{\"message\":\"1 of 1 approvals\"}");

        Run run = Run.against(api, "approve", "podinfo@6.9.2");

        assertThat(run.code()).isZero();
        assertThat(run.out()).startsWith("approved podinfo@6.9.2");
        assertThat(run.err()).contains("the server has too much to do for this caller; trying again in 0 s");
    }

    @Test
    void nobodyWaitsForAnHour() {
        api.answers(
                "POST /api/v1/releases/podinfo@6.9.2/decisions",
                429,
                "application/problem+json",
                "{\"type\":\"https://slipway.dev/problems/too-many-requests\",\"detail\":\"approver-1 has asked for too much\","
                        + "\"next\":\"nothing was done; say it again in 3600 s\"}",
                Map.of("Retry-After", "3600"));

        Run run = Run.against(api, "approve", "podinfo@6.9.2");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("approver-1 has asked for too much", "say it again in 3600 s")
                .doesNotContain("trying again");
    }

    @Test
    void aVoteThatDoesNotCountIsRefusedWithTheServersSentence() {
        api.refuses(
                "POST /api/v1/releases/podinfo@6.9.2/decisions",
                403,
                "not-allowed",
                "ci requested this release and may not decide on it; ask another member of deployers");

        Run run = Run.against(api, "approve", "podinfo@6.9.2", "--gate", "production/approve");

        assertThat(run.code()).isEqualTo(4);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .isEqualTo(
                        "error: ci requested this release and may not decide on it; ask another member of deployers\n"
                                + "next: ask somebody who may, or have the platform team grant it\n");
    }

    @Test
    void nothingIsDecidedWhenNothingIsAsked() {
        api.story(Views.release(Phase.QUEUED, "slot podinfo:development", ""));

        Run run = Run.against(api, "approve", "podinfo@6.9.2");

        assertThat(run.code()).isEqualTo(5);
        assertThat(run.err())
                .isEqualTo("error: podinfo@6.9.2 asks nobody for an approval now\n"
                        + "  it is QUEUED and waits for slot podinfo:development\nnext: slipway get podinfo@6.9.2\n");
        assertThat(api.requests()).noneMatch(r -> r.method().equals("POST"));
    }

    @ParameterizedTest
    @CsvSource({"abort", "pause", "resume", "retry-undo", "accept-as-is"})
    void asksForWhatIsSaidAndSaysWhatItDid(String what) {
        Run run = Run.against(api, what, "podinfo@6.9.2", "--reason", "wrong weights");

        assertThat(run.code()).isZero();
        assertThat(run.out()).matches("podinfo@6\\.9\\.2 .*: taken\n");
        FakeApi.Request post = api.last("POST");
        assertThat(post.path()).isEqualTo("/api/v1/releases/podinfo@6.9.2/" + what);
        assertThat(post.body()).isEqualTo("{\"reason\":\"wrong weights\"}");
    }

    @Test
    void aRefusalNamesTheNextCommand() {
        api.refuses(
                "POST /api/v1/releases/podinfo@6.9.2/resume",
                409,
                "refused",
                "nothing to resume: the stage is RUNNING, neither paused nor holding");

        Run run = Run.against(api, "resume", "podinfo@6.9.2");

        assertThat(run.code()).isEqualTo(5);
        assertThat(run.err())
                .isEqualTo("error: nothing to resume: the stage is RUNNING, neither paused nor holding\n"
                        + "next: slipway get podinfo@6.9.2\n");
    }

    @Test
    void aPlusInTheVersionStaysAPlus() {
        Run.against(api, "abort", "podinfo@1.0+build-7");

        assertThat(api.last("POST").path()).isEqualTo("/api/v1/releases/podinfo@1.0%2Bbuild-7/abort");
    }
}
