package dev.slipway.activities.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.Actor;
import dev.slipway.model.Authors;
import dev.slipway.model.BundleRef;
import dev.slipway.model.Digest;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Image;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.Weight;
import dev.slipway.workflows.api.Approvals;
import dev.slipway.workflows.api.Decision;
import dev.slipway.workflows.api.DeployOrder;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.SignedDecision;
import dev.slipway.workflows.undo.Stamp;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two people of the deployers must have approved this release, this attempt and these bytes, in production (S3). */
class ApprovalSealTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Stamp STAMP = new Stamp(ReleaseId.parse("podinfo@2.0.0"), 3, SealedBundle.PRODUCTION, "run");

    @TempDir
    Path folder;

    private final Signer starter = new Signer();
    private final Signer stranger = new Signer();
    private SealedBundle sealed;
    private ApprovalSeal seal;

    @BeforeEach
    void aWorkerThatDemandsTwo() throws IOException {
        sealed = new SealedBundle(folder);
        seal = seal(starter);
    }

    private ApprovalSeal seal(Signer... trusted) throws IOException {
        Path[] files = new Path[trusted.length];
        for (int i = 0; i < trusted.length; i++) {
            files[i] = trusted[i].publicFile(folder);
        }
        SealRule rule = new SealRule(
                SealedBundle.PRODUCTION,
                2,
                Set.of("deployers", "sre"),
                SealKeys.of(List.of(files)),
                Duration.ofDays(30));
        return new ApprovalSeal(rule, sealed.store, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void letsThroughWhatTwoPeopleHaveApproved() {
        assertThatCode(() -> seal.require(STAMP, sealed.order(approvals(yes("ann"), yes("bob")))))
                .doesNotThrowAnyException();
    }

    @Test
    void letsThroughTheCanaryOfTheSameRelease() {
        DeployOrder stable = sealed.order(approvals(yes("ann"), yes("bob")));
        HelmTarget canary = stable.target().canary();

        assertThatCode(() -> seal.require(STAMP, with(stable, canary, Optional.of(new Weight(50)))))
                .doesNotThrowAnyException();
    }

    @Test
    void trustsTheOldAndTheNewKeyWhileTheStarterChangesIt() throws IOException {
        Signer next = new Signer();
        ApprovalSeal rotating = seal(starter, next);

        assertThatCode(() ->
                        rotating.require(STAMP, sealed.order(approvals(yes("ann"), next.sign(says("bob", d -> d))))))
                .doesNotThrowAnyException();
    }

    /** What is wrong with the second of two votes, and what the worker says about it. */
    record Attack(String name, Forgery forgery, String words) {
        @Override
        public String toString() {
            return name;
        }
    }

    interface Forgery {
        SignedDecision by(ApprovalSealTest test);
    }

    static Stream<Attack> attacks() {
        return Stream.of(
                new Attack("nothing", t -> null, "0 of 2"),
                new Attack("no fields", t -> new SignedDecision(null, null, null), "one that says nothing"),
                new Attack("unsigned", t -> unsigned(t.yes("bob"), "bm9uZQ=="), "not signed with key "),
                new Attack("no Base64", t -> unsigned(t.yes("bob"), "%%%"), "not signed with key "),
                new Attack("a key of the attacker", t -> t.stranger.sign(t.says("bob", d -> d)), "but with key "),
                new Attack(
                        "a key of the attacker under the starter's name",
                        t -> named(t.stranger.sign(t.says("bob", d -> d)), t.starter.keyId()),
                        "one that is not signed"),
                new Attack(
                        "a key id that is a text for terminals",
                        t -> named(t.stranger.sign(t.says("bob", d -> d)), "\u001b[2J"),
                        "but with another one"),
                new Attack("another name put in", t -> renamed(t.yes("ann"), "bob"), "one that is not signed"),
                new Attack(
                        "another group put in",
                        t -> regrouped(t.starter.sign(t.says("bob", d -> of(d, "bob", "interns")))),
                        "one that is not signed"),
                new Attack(
                        "another release",
                        t -> t.starter.sign(t.says("bob", d -> of(d, ReleaseId.parse("podinfo@1.0.0"), 3))),
                        "that of bob is for podinfo@1.0.0 attempt 3"),
                new Attack(
                        "another attempt",
                        t -> t.starter.sign(t.says("bob", d -> of(d, d.release(), 2))),
                        "that of bob is for podinfo@2.0.0 attempt 2"),
                new Attack(
                        "a gate of another environment",
                        t -> t.starter.sign(t.says("bob", d -> at(d, "staging/approve"))),
                        "given at staging/approve, not in production"),
                new Attack(
                        "an environment whose name begins like it",
                        t -> t.starter.sign(t.says("bob", d -> at(d, "production-eu/approve"))),
                        "given at production-eu/approve, not in production"),
                new Attack(
                        "another gate of this environment",
                        t -> t.starter.sign(t.says("bob", d -> at(d, "production/late"))),
                        "1 of 2 approvals count (ann)"),
                new Attack(
                        "other digests",
                        t -> t.starter.sign(t.says("bob", d -> on(d, SealedBundle.IMAGE))),
                        "that of bob is for other digests, " + SealedBundle.IMAGE),
                new Attack("one person twice", t -> t.yes("ann"), "1 of 2 approvals count (ann)"),
                new Attack(
                        "the requester",
                        t -> t.yes("ci"),
                        "1 of 2 approvals count (ann); not counted: that of ci, who"),
                new Attack(
                        "an author",
                        t -> t.yes("WROTE-it"),
                        "1 of 2 approvals count (ann); not counted: that of WROTE-it, who wrote"),
                new Attack(
                        "in no group that counts",
                        t -> t.starter.sign(t.says("bob", d -> of(d, "bob", "interns"))),
                        "that of bob, who is in none of the groups"),
                new Attack(
                        "too old",
                        t -> t.starter.sign(t.says("bob", d -> when(d, NOW.minus(Duration.ofDays(31))))),
                        "that of bob is of 2026-10-22T12:00:00Z, older than 720 h"),
                new Attack(
                        "a no",
                        t -> t.starter.sign(t.says("bob", d -> choosing(d, Decision.Choice.REJECT))),
                        "bob rejected it at production/approve"),
                new Attack(
                        "a no that was turned into a yes",
                        t -> turned(t.starter.sign(t.says("bob", d -> choosing(d, Decision.Choice.REJECT)))),
                        "one that is not signed"));
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void refuses(Attack attack) {
        SignedDecision second = attack.forgery().by(this);
        Approvals approvals = second == null ? Approvals.NONE : approvals(yes("ann"), second);

        assertRefused(STAMP, sealed.order(approvals), attack.words());
    }

    @Test
    void aNoIsNotOutvoted() {
        Decision no = says("eve", d -> choosing(d, Decision.Choice.REJECT));

        assertRefused(STAMP, sealed.order(approvals(yes("ann"), yes("bob"), starter.sign(no))), "eve rejected it");
    }

    /** What an order says beside the digests, against the release.yaml that was approved. */
    record Swap(String name, UnaryOperator<DeployOrder> order, String words) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Swap> swaps() {
        return Stream.of(
                new Swap(
                        "another image",
                        o -> with(o, image(new Digest("sha256:" + "b".repeat(64)), "registry/podinfo", "image")),
                        "is for other digests"),
                new Swap(
                        "another registry",
                        o -> with(o, image(SealedBundle.IMAGE, "evil/podinfo", "image")),
                        "the image is evil/podinfo, but its release.yaml says registry/podinfo"),
                new Swap(
                        "the image where no chart looks",
                        o -> with(o, image(SealedBundle.IMAGE, "registry/podinfo", "unused")),
                        "key of the values is unused, but its release.yaml says image"),
                new Swap(
                        "the values of another environment",
                        o -> with(o, List.of("values/values.yaml", "values/values-development.yaml")),
                        "the values files is [values/values.yaml, values/values-development.yaml]"),
                new Swap("no values", o -> with(o, List.of()), "the values files is []"),
                new Swap(
                        "a chart inside the chart",
                        o -> with(o, new BundleRef(o.bundle().digest(), "chart/charts/other")),
                        "the chart's folder is chart/charts/other"),
                new Swap(
                        "over another service",
                        o -> with(o, new HelmTarget(SealedBundle.PRODUCTION, "production", "billing"), o.canaryFor()),
                        "the Helm release is billing, but its release.yaml says podinfo"),
                new Swap(
                        "stable as if it were a canary",
                        o -> with(o, o.target(), Optional.of(new Weight(50))),
                        "the Helm release is podinfo, but its release.yaml says podinfo-canary"),
                new Swap(
                        "another environment's order",
                        o -> with(
                                o,
                                new HelmTarget(new EnvironmentName("development"), "production", "podinfo"),
                                o.canaryFor()),
                        "the environment is development"));
    }

    @ParameterizedTest
    @MethodSource("swaps")
    void refusesToDeployOtherThanWasApproved(Swap swap) {
        DeployOrder approved = sealed.order(approvals(yes("ann"), yes("bob")));

        assertRefused(STAMP, swap.order().apply(approved), swap.words());
    }

    @Test
    void refusesTheStampOfAnotherReleaseAttemptOrService() {
        DeployOrder approved = sealed.order(approvals(yes("ann"), yes("bob")));

        assertRefused(stamp("podinfo@2.0.1", 3, "production"), approved, "is for podinfo@2.0.0 attempt 3");
        assertRefused(stamp("podinfo@2.0.0", 4, "production"), approved, "is for podinfo@2.0.0 attempt 3");
        assertRefused(stamp("billing@2.0.0", 3, "production"), approved, "the service is billing");
        assertRefused(stamp("podinfo@2.0.0", 3, "staging"), approved, "the stage's environment is staging");
    }

    @Test
    void refusesABundleThatSomebodyChangedInTheWorkersOwnCache() throws IOException {
        DeployOrder approved = sealed.order(approvals(yes("ann"), yes("bob")));
        seal.require(STAMP, approved);

        Files.writeString(sealed.unpacked().resolve("chart/values.yaml"), "privileged: true\n");

        assertRefused(
                STAMP, approved, "this worker's copy of the bundle " + sealed.bundle.digest() + " is another one");
    }

    private void assertRefused(Stamp stamp, DeployOrder order, String words) {
        assertThatThrownBy(() -> seal.require(stamp, order))
                .isInstanceOfSatisfying(ApplicationFailure.class, failure -> {
                    assertThat(failure.getType()).isEqualTo("UNAPPROVED");
                    assertThat(failure.isNonRetryable()).isTrue();
                    assertThat(failure.getOriginalMessage())
                            .contains(words, "has touched nothing", "next: ", "docs/approvals.md")
                            .doesNotContain("\u001b");
                });
    }

    private static Approvals approvals(SignedDecision... given) {
        return new Approvals("ci", new Authors(List.of("wrote-it")), Arrays.asList(given));
    }

    private SignedDecision yes(String person) {
        return starter.sign(says(person, d -> d));
    }

    private Decision says(String person, UnaryOperator<Decision> but) {
        return but.apply(new Decision(
                STAMP.release(),
                STAMP.attempt(),
                "production/approve",
                sealed.fingerprint(),
                new Actor(person, Set.of("deployers")),
                Decision.Choice.APPROVE,
                "",
                "nonce of " + person,
                NOW.minus(Duration.ofDays(29))));
    }

    private static SignedDecision unsigned(SignedDecision signed, String signature) {
        return new SignedDecision(signed.decision(), signed.keyId(), signature);
    }

    private static SignedDecision named(SignedDecision signed, String keyId) {
        return new SignedDecision(signed.decision(), keyId, signed.signature());
    }

    private static SignedDecision renamed(SignedDecision signed, String person) {
        return new SignedDecision(of(signed.decision(), person, "deployers"), signed.keyId(), signed.signature());
    }

    private static SignedDecision regrouped(SignedDecision signed) {
        return renamed(signed, signed.decision().actor().subject());
    }

    private static SignedDecision turned(SignedDecision signed) {
        return new SignedDecision(
                choosing(signed.decision(), Decision.Choice.APPROVE), signed.keyId(), signed.signature());
    }

    private static Decision of(Decision d, ReleaseId release, int attempt) {
        return new Decision(
                release, attempt, d.gate(), d.fingerprint(), d.actor(), d.choice(), d.reason(), d.nonce(), d.at());
    }

    private static Decision of(Decision d, String person, String group) {
        Actor actor = new Actor(person, Set.of(group));
        return new Decision(
                d.release(), d.attempt(), d.gate(), d.fingerprint(), actor, d.choice(), d.reason(), d.nonce(), d.at());
    }

    private static Decision at(Decision d, String gate) {
        return new Decision(
                d.release(), d.attempt(), gate, d.fingerprint(), d.actor(), d.choice(), d.reason(), d.nonce(), d.at());
    }

    private static Decision on(Decision d, Digest digests) {
        return new Decision(
                d.release(), d.attempt(), d.gate(), digests, d.actor(), d.choice(), d.reason(), d.nonce(), d.at());
    }

    private static Decision choosing(Decision d, Decision.Choice choice) {
        return new Decision(
                d.release(), d.attempt(), d.gate(), d.fingerprint(), d.actor(), choice, d.reason(), d.nonce(), d.at());
    }

    private static Decision when(Decision d, Instant at) {
        return new Decision(
                d.release(), d.attempt(), d.gate(), d.fingerprint(), d.actor(), d.choice(), d.reason(), d.nonce(), at);
    }

    private static Stamp stamp(String release, int attempt, String environment) {
        return new Stamp(ReleaseId.parse(release), attempt, new EnvironmentName(environment), "run");
    }

    private static Image image(Digest digest, String repository, String key) {
        return new Image(repository, "2.0.0", digest, key);
    }

    private static DeployOrder with(DeployOrder o, Image image) {
        return new DeployOrder(
                o.target(), o.bundle(), o.valuesFiles(), image, o.canaryFor(), o.timeout(), 10, o.approvals());
    }

    private static DeployOrder with(DeployOrder o, List<String> values) {
        return new DeployOrder(
                o.target(), o.bundle(), values, o.image(), o.canaryFor(), o.timeout(), 10, o.approvals());
    }

    private static DeployOrder with(DeployOrder o, BundleRef bundle) {
        return new DeployOrder(
                o.target(), bundle, o.valuesFiles(), o.image(), o.canaryFor(), o.timeout(), 10, o.approvals());
    }

    private static DeployOrder with(DeployOrder o, HelmTarget target, Optional<Weight> canaryFor) {
        return new DeployOrder(
                target, o.bundle(), o.valuesFiles(), o.image(), canaryFor, o.timeout(), 10, o.approvals());
    }
}
