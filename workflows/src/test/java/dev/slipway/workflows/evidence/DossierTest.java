package dev.slipway.workflows.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Actor;
import dev.slipway.model.Digest;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Gate;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.Report;
import dev.slipway.workflows.api.Attestation;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.api.SignedAttestation;
import dev.slipway.workflows.testing.Plans;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What evidence counts, and what a gate makes of it. */
class DossierTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final EnvironmentName PRODUCTION = new EnvironmentName("production");
    private static final Actor CI = new Actor("ci", Set.of("ci"));
    private static final Actor OTHER = new Actor("eve", Set.of("others"));
    private static final KeyPair KEYS = keys();
    private static final ReleaseOrder ORDER = Plans.order(
            "2.0.0",
            Map.of("k1", Base64.getEncoder().encodeToString(KEYS.getPublic().getEncoded())),
            Plans.rolling("production"));

    private final Dossier dossier = new Dossier(ORDER, List.of());

    static Stream<Arguments> refused() {
        Attestation good = given(CI, passed("unit-tests"));
        SignedAttestation signed = signed(good);
        return Stream.of(
                Arguments.of("it says nothing", null),
                Arguments.of("it says nothing", new SignedAttestation(null, "k1", "")),
                Arguments.of("it says nothing", new SignedAttestation(good, null, signed.signature())),
                Arguments.of(
                        "it says nothing",
                        new SignedAttestation(
                                given(CI, new Report("unit-tests", null, null, null, null, null)), "k1", "x")),
                Arguments.of("not signed by the starter", new SignedAttestation(good, "k1", "")),
                Arguments.of("not signed by the starter", new SignedAttestation(good, "k2", signed.signature())),
                Arguments.of(
                        "not signed by the starter",
                        new SignedAttestation(given(OTHER, passed("unit-tests")), "k1", signed.signature())),
                Arguments.of("not signed by the starter", SignedAttestation.sign(good, "k1", keys().getPrivate())),
                Arguments.of(
                        "the evidence is for podinfo@1.0.0 attempt 1",
                        signed(of(ReleaseId.parse("podinfo@1.0.0"), 1, passed("unit-tests")))),
                Arguments.of(
                        "the evidence is for podinfo@2.0.0 attempt 2",
                        signed(of(ORDER.release(), 2, passed("unit-tests")))),
                Arguments.of(
                        "neither the image (" + ORDER.digests().image(),
                        signed(given(CI, about(Plans.digest("another image"))))),
                Arguments.of(
                        "neither the image",
                        signed(given(CI, about(ORDER.digests().values())))));
    }

    @ParameterizedTest
    @MethodSource
    void refused(String why, SignedAttestation signed) {
        assertThat(dossier.refusal(signed).orElseThrow()).contains(why);
        assertThat(new Dossier(ORDER, signed == null ? List.of() : List.of(signed)).all())
                .isEmpty();
    }

    @Test
    void anyFieldThatIsChangedBreaksTheSignature() {
        Attestation good = given(CI, passed("unit-tests"));
        Report report = good.reports().get(0);
        SignedAttestation signed = signed(good);

        Stream.of(
                        new Report("code-review", report.status(), report.subject(), "", NOW, report.content()),
                        new Report(report.name(), Report.Status.FAILED, report.subject(), "", NOW, report.content()),
                        new Report(
                                report.name(), report.status(), ORDER.digests().chart(), "", NOW, report.content()),
                        new Report(
                                report.name(), report.status(), report.subject(), "https://x", NOW, report.content()),
                        new Report(
                                report.name(),
                                report.status(),
                                report.subject(),
                                "",
                                NOW.plusMillis(1),
                                report.content()),
                        new Report(
                                report.name(),
                                report.status(),
                                report.subject(),
                                "",
                                NOW,
                                ORDER.digests().chart()))
                .forEach(changed -> assertThat(
                                dossier.refusal(new SignedAttestation(given(CI, changed), "k1", signed.signature())))
                        .as(changed.toString())
                        .isPresent());
        assertThat(dossier.refusal(signed)).isEmpty();
    }

    @Test
    void theSameEvidenceIsTakenOnce() {
        SignedAttestation signed = signed(with("first", CI, passed("unit-tests")));
        assertThat(dossier.add(signed)).isTrue();
        take(CI, failed("unit-tests"));

        assertThat(dossier.add(signed)).isFalse();
        assertThat(judge("unit-tests").of(Finding.State.FAILED)).hasSize(1);
    }

    @Test
    void thereIsAnEndToWhatIsTaken() {
        Report[] many = IntStream.range(0, 150).mapToObj(i -> passed("t" + i)).toArray(Report[]::new);
        dossier.add(signed(with("first", CI, many)));

        assertThat(dossier.refusal(signed(with("second", CI, many))).orElseThrow())
                .contains("has 150 pieces of evidence already, and may have 200");
    }

    @Test
    void whatIsThereAndGoodPassesWithWhoHandedItIn() {
        take(CI, passed("unit-tests"));
        take(CI, passed("code-review"));

        Finding finding = judge("unit-tests", "code-review");

        assertThat(finding.settled()).isTrue();
        assertThat(finding.evidence())
                .extracting(evidence -> evidence.name() + ": " + evidence.detail())
                .first()
                .asString()
                .startsWith("unit-tests: passed, handed in by ci at 1970-01-01T00:00:00Z, from " + NOW);
    }

    @Test
    void whatNobodyHandedInIsWaitedFor() {
        take(CI, passed("unit-tests"));

        Finding finding = judge("unit-tests", "code-review", "a", "b", "c");

        assertThat(finding.settled()).isFalse();
        assertThat(finding.waitingFor()).isEqualTo("evidence code-review, a, b and 1 more");
        assertThat(finding.words(Finding.State.MISSING)).startsWith("code-review: nobody has handed it in; a: ");
    }

    @Test
    void oneThatFailedSettlesItWhateverElseIsMissing() {
        take(CI, failed("unit-tests"));

        Finding finding = judge("code-review", "unit-tests");

        assertThat(finding.settled()).isTrue();
        assertThat(finding.words(Finding.State.FAILED)).startsWith("unit-tests: failed, handed in by ci");
    }

    @Test
    void theOneThatWasHandedInLastCounts() {
        take(CI, failed("unit-tests"));
        take(CI, passed("unit-tests"));
        assertThat(judge("unit-tests").of(Finding.State.PASSED)).hasSize(1);

        take(CI, failed("unit-tests"));
        assertThat(judge("unit-tests").of(Finding.State.FAILED)).hasSize(1);
    }

    @Test
    void whatSomebodyElseHandsInCountsForNothingNotEvenAgainst() {
        take(OTHER, passed("unit-tests"));
        assertThat(judge("unit-tests").words(Finding.State.MISSING))
                .isEqualTo("unit-tests: there is only that of eve, who is not in ci");

        take(CI, passed("unit-tests"));
        take(OTHER, failed("unit-tests"));
        assertThat(judge("unit-tests").of(Finding.State.PASSED)).hasSize(1);
    }

    @Test
    void whoMayNotAttestForThisEnvironmentIsNotHeardHere() {
        dossier.add(signed(new Attestation(
                ORDER.release(),
                1,
                Set.of(new EnvironmentName("development")),
                CI,
                Instant.EPOCH,
                Plans.digest("file"),
                "nonce",
                List.of(passed("unit-tests")))));

        assertThat(judge("unit-tests").words(Finding.State.MISSING))
                .isEqualTo("unit-tests: there is only that of ci, who may not attest for production");
        assertThat(dossier.judge(Plans.require("unit-tests"), new EnvironmentName("development"), NOW)
                        .settled())
                .isTrue();
    }

    @Test
    void whatIsTooOldIsWaitedForAndAFailureIsNeverTooOld() {
        Gate.Require gate = Plans.require("unit-tests");
        take(CI, passed("unit-tests"));
        assertThat(at(gate, Duration.ofDays(7)).settled()).isTrue();
        assertThat(at(gate, Duration.ofDays(7).plusMillis(1)).words(Finding.State.MISSING))
                .isEqualTo("unit-tests: it is from " + NOW + ", older than PT168H");

        take(CI, failed("unit-tests"));
        assertThat(at(gate, Duration.ofDays(70)).of(Finding.State.FAILED)).hasSize(1);
    }

    @Test
    void withoutAGroupAndAnAgeWhoeverMayAndWheneverCounts() {
        Gate.Require gate = new Gate.Require(
                "require", List.of("unit-tests"), Optional.empty(), Optional.empty(), Duration.ofHours(1));
        take(OTHER, passed("unit-tests"));

        assertThat(at(gate, Duration.ofDays(700)).settled()).isTrue();
    }

    private Finding judge(String... names) {
        return dossier.judge(Plans.require(names), PRODUCTION, NOW);
    }

    private Finding at(Gate.Require gate, Duration later) {
        return dossier.judge(gate, PRODUCTION, NOW.plus(later));
    }

    private void take(Actor by, Report report) {
        SignedAttestation signed = signed(with("nonce " + dossier.all().size(), by, report));
        assertThat(dossier.refusal(signed)).isEmpty();
        dossier.add(signed);
    }

    private static Attestation given(Actor by, Report... reports) {
        return with("nonce", by, reports);
    }

    private static Attestation with(String nonce, Actor by, Report... reports) {
        return new Attestation(
                ORDER.release(),
                1,
                Set.of(PRODUCTION),
                by,
                Instant.EPOCH,
                Plans.digest("file"),
                nonce,
                List.of(reports));
    }

    private static Attestation of(ReleaseId release, int attempt, Report report) {
        return new Attestation(
                release, attempt, Set.of(PRODUCTION), CI, Instant.EPOCH, Plans.digest("file"), "n", List.of(report));
    }

    private static SignedAttestation signed(Attestation attestation) {
        return SignedAttestation.sign(attestation, "k1", KEYS.getPrivate());
    }

    private static Report passed(String name) {
        return new Report(name, Report.Status.PASSED, ORDER.digests().image(), "", NOW, Plans.digest(name));
    }

    private static Report failed(String name) {
        return new Report(name, Report.Status.FAILED, ORDER.digests().chart(), "", NOW, Plans.digest(name));
    }

    private static Report about(Digest subject) {
        return new Report("unit-tests", Report.Status.PASSED, subject, "", NOW, Plans.digest("x"));
    }

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
