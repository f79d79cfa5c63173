package dev.slipway.records;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Evidence;
import dev.slipway.model.Fact;
import dev.slipway.model.Phase;
import dev.slipway.model.ReleaseView;
import dev.slipway.model.StageView;
import dev.slipway.model.StepView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an auditor asks in SQL. */
class RelationsTest {
    private static final String RELEASE = "podinfo@1.0.0";
    private static final Pattern EXAMPLE = Pattern.compile("```sql\n(.*?);\n```", Pattern.DOTALL);

    private final Postgres postgres = Postgres.fresh();
    private final Database database = new Database(postgres.owner());
    private final Journal journal = new Journal(database);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aReleaseIsARowWithItsLatestAttempt() {
        journal.append("run-1", 1, List.of(ended(1)), Told.view(RELEASE, 1, 1, Phase.DONE, "ROLLED_BACK"));
        journal.append("run-2", 1, List.of(ended(9)), Told.view(RELEASE, 2, 9, Phase.DONE, "PROMOTED"));
        journal.append("run-3", 1, List.of(ended(5)), Told.view("other@1.0.0", 1, 5, Phase.RUNNING, null));

        assertThat(rows("select release, attempts, latest_attempt, outcome, run_id from releases order by release"))
                .containsExactly("other@1.0.0 1 1 null run-3", RELEASE + " 2 2 PROMOTED run-2");
        assertThat(rows("select first_started_at < started_at from releases where release = '" + RELEASE + "'"))
                .containsExactly("t");
    }

    @Test
    void aVoteIsADecisionWhetherItCountedOrNot() {
        tell(
                1,
                fact(1, "production", Fact.Kind.DECIDED, "yes", vote("approver-1", "APPROVE", "reason", "looks good")),
                fact(2, "production", Fact.Kind.DENIED, "turned away", vote("ci", "APPROVE", "why", "may not")),
                fact(
                        3,
                        "production",
                        Fact.Kind.IGNORED,
                        "a decision past the starter changed nothing: no signature",
                        Map.of("why", "no signature")),
                fact(
                        4,
                        "production",
                        Fact.Kind.IGNORED,
                        "evidence past the starter changed nothing: unsigned",
                        Map.of("why", "unsigned")));

        assertThat(rows("select number, decided_by, choice, counted, reason, why_not, environment, gate"
                        + " from decisions order by number"))
                .containsExactly(
                        "1 approver-1 APPROVE t looks good  production production/approve",
                        "2 ci APPROVE f  may not production production/approve",
                        "3 null null f  no signature production null");
    }

    @Test
    void evidenceIsWhatAVerdictRestsOnWhatWasShownAndWhatWasHandedIn() {
        List<Evidence> two = List.of(new Evidence("errors", "0 of 400", "http://p"), Evidence.of("latency", "fine"));
        tell(
                1,
                new Fact(
                        Told.BEGIN,
                        environment("staging"),
                        Fact.Kind.JUDGED,
                        "soak PASSED",
                        Map.of("step", "soak", "verdict", "PASSED"),
                        two),
                new Fact(
                        Told.BEGIN,
                        environment("production"),
                        Fact.Kind.ASKED,
                        "one vote",
                        Map.of("gate", "production/approve"),
                        List.of(Evidence.of("changes", "2 objects"))),
                fact(3, "", Fact.Kind.ATTESTED, "ci attested unit-tests passed", report("2026-11-22T01:00:00Z")),
                fact(4, "", Fact.Kind.ATTESTED, "ci attested lint passed", report("+99999-01-01T00:00:00Z")));

        assertThat(rows("select number, place, source, environment, step, verdict, name, detail, link"
                        + " from evidence where number < 3 order by number, place"))
                .containsExactly(
                        "1 1 verdict staging soak PASSED errors 0 of 400 http://p",
                        "1 2 verdict staging soak PASSED latency fine ",
                        "2 1 shown production production/approve null changes 2 objects ");
        assertThat(rows("select number, source, name, status, issuer, subject, key_id,"
                        + " produced_at = '2026-11-22T01:00:00Z' from evidence where number >= 3 order by number"))
                .containsExactly(
                        "3 handed in unit-tests passed ci sha256:abc key t",
                        "4 handed in unit-tests passed ci sha256:abc key null");
    }

    @Test
    void stepsAreAsTheirStageHasToldThemUntilAFactIsNewer() {
        StepView rolling = step("rolling", "rolling", "DONE", "PASSED", Told.BEGIN.plusSeconds(30));
        StepView soak = step("soak", "soak", "RUNNING", null, null);
        tell(1, staging(rolling, soak), judged(0, "rolling", "PASSED"));
        assertThat(steps()).containsExactly("1 rolling rolling DONE PASSED ", "2 soak soak RUNNING null ");

        tell(2, staging(rolling, soak), judged(5, "soak", "FAILED: 4.1% bad"), judged(6, "check", "INCONCLUSIVE"));

        assertThat(steps())
                .containsExactly(
                        "1 rolling rolling DONE PASSED ",
                        "2 soak soak FAILED FAILED 4.1% bad",
                        "null check null HOLDING INCONCLUSIVE ");

        StepView stopped = step("soak", "soak", "STOPPED", "FAILED", Told.BEGIN.plusSeconds(420));
        tell(4, staging(rolling, stopped, step("check", "check.http", "DONE", "PASSED", Told.BEGIN.plusSeconds(500))));
        assertThat(steps())
                .containsExactly(
                        "1 rolling rolling DONE PASSED ",
                        "2 soak soak STOPPED FAILED ",
                        "3 check check.http DONE PASSED ");
    }

    @Test
    void anOlderBatchThatArrivesLateChangesNothing() {
        StageView told = staging(step("soak", "soak", "DONE", "PASSED", Told.BEGIN.plusSeconds(400)));
        Fact first = judged(1, "soak", "INCONCLUSIVE");
        journal.append("run-1", 1, List.of(first, judged(6, "soak", "PASSED")), view(told));
        List<String> before = steps();

        journal.append("run-1", 1, List.of(first), view(staging(step("soak", "soak", "RUNNING", null, null))));

        assertThat(steps()).isEqualTo(before).containsExactly("1 soak soak DONE PASSED ");
        assertThat(rows("select count(*) from evidence")).containsExactly("0");
    }

    @Test
    void theExamplesOfTheDocumentationAnswer() throws IOException {
        tell(
                1,
                Told.stage("production", "DONE", "PROMOTED"),
                fact(1, "production", Fact.Kind.DECIDED, "yes", vote("approver-1", "APPROVE", "reason", "looks good")),
                fact(2, "production", Fact.Kind.DENIED, "turned away", vote("ci", "APPROVE", "why", "may not")),
                judged(3, "soak", "FAILED: 4.1% bad"));
        List<String> examples = EXAMPLE.matcher(Files.readString(Path.of("../docs/records.md")))
                .results()
                .map(MatchResult::group)
                .map(block -> block.substring("```sql\n".length(), block.length() - ";\n```".length()))
                .toList();

        assertThat(examples).hasSize(3);
        assertThat(rows(examples.get(0))).singleElement().asString().contains("approver-1 APPROVE looks good 1.0.0");
        assertThat(rows(examples.get(1).replace("90 days", "100 years")))
                .singleElement()
                .asString()
                .endsWith("production/approve ci APPROVE may not");
        assertThat(rows(examples.get(2))).containsExactly(RELEASE + " 1 staging soak FAILED 4.1% bad null null");
    }

    private List<String> rows(String query) {
        return postgres.rows("postgres", query);
    }

    private List<String> steps() {
        return rows("select place, name, kind, state, verdict, reason from steps order by place");
    }

    private void tell(long first, Fact... facts) {
        journal.append("run-1", first, List.of(facts), Told.view(RELEASE, 1, 0, Phase.RUNNING, null));
    }

    private void tell(long first, StageView stage, Fact... facts) {
        List<Fact> told = facts.length == 0 ? List.of(ended(9)) : List.of(facts);
        journal.append("run-1", first, told, view(stage));
    }

    private static ReleaseView view(StageView stage) {
        return Told.view(RELEASE, 1, 0, Phase.RUNNING, null, stage);
    }

    private static Fact ended(int minute) {
        return Told.fact(minute, "", Fact.Kind.MOVED, "moved");
    }

    private static Fact judged(int minute, String step, String words) {
        return fact(
                minute,
                "staging",
                Fact.Kind.JUDGED,
                step + " " + words,
                Map.of("step", step, "verdict", words.replaceAll(":.*", "")));
    }

    private static Fact fact(int minute, String where, Fact.Kind kind, String what, Map<String, String> details) {
        return new Fact(Told.BEGIN.plusSeconds(60L * minute), environment(where), kind, what, details, List.of());
    }

    private static Optional<EnvironmentName> environment(String name) {
        return name.isEmpty() ? Optional.empty() : Optional.of(new EnvironmentName(name));
    }

    private static Map<String, String> vote(String by, String choice, String name, String value) {
        return Map.of("gate", "production/approve", "by", by, "choice", choice, name, value);
    }

    private static Map<String, String> report(String producedAt) {
        return Map.of(
                "name",
                "unit-tests",
                "status",
                "passed",
                "by",
                "ci",
                "subject",
                "sha256:abc",
                "keyId",
                "key",
                "producedAt",
                producedAt);
    }

    private static StageView staging(StepView... steps) {
        return new StageView(
                new EnvironmentName("staging"), "RUNNING", null, "", "", 0, 0, List.of(steps), List.of(), "stage-run");
    }

    private static StepView step(
            String name, String kind, String state, @Nullable String verdict, @Nullable Instant endedAt) {
        return new StepView(name, kind, state, verdict, "", List.of(), Told.BEGIN, endedAt);
    }
}
