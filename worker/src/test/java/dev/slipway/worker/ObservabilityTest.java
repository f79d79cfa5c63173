package dev.slipway.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.uber.m3.tally.RootScopeBuilder;
import com.uber.m3.util.Duration;
import dev.slipway.model.Verdict;
import dev.slipway.workflows.api.Announcer;
import dev.slipway.workflows.api.Decision;
import dev.slipway.workflows.api.Denied;
import dev.slipway.workflows.api.Records;
import dev.slipway.workflows.api.ReleaseOrder;
import dev.slipway.workflows.api.Sinks;
import dev.slipway.workflows.testing.Plans;
import dev.slipway.workflows.testing.Scenario;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.temporal.common.metadata.POJOActivityInterfaceMetadata;
import io.temporal.common.metadata.POJOActivityMethodMetadata;
import io.temporal.common.reporter.MicrometerClientStatsReporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What Prometheus would be given after two releases, and that dashboard, alerts and docs speak of that. */
class ObservabilityTest {
    private static final Path ROOT = root();
    private static final Pattern METER = Pattern.compile("\\b(?:slipway|temporal)_[a-z_]+\\b");
    private static final Pattern SERIES = Pattern.compile("(?m)^([a-z_]+)(?:\\{.*)? ");
    private static final double REPORT_SECONDS = 0.01;

    private static final PrometheusMeterRegistry METERS = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private static String scrape = "";

    /** One that is promoted after a vote that does not count, and one that is put back. */
    @BeforeAll
    static void releases() throws IOException {
        METERS.config().meterFilter(new ReleaseMeters());
        var scope = new RootScopeBuilder()
                .reporter(new MicrometerClientStatsReporter(METERS))
                .reportEvery(Duration.ofSeconds(REPORT_SECONDS));
        try (Scenario slipway = Scenario.metered(scope, "production")) {
            slipway.cluster.running("production", "podinfo", "1.0.0");
            slipway.watch.then(Verdict.failed("errors"));
            slipway.end(slipway.start("2.0.0", Plans.canary("production", List.of(), 10)));

            slipway.channel.away(true);
            ReleaseOrder order = slipway.start("2.1.0", Plans.canary("production", List.of(Plans.approve(1)), 10));
            slipway.awaitPhase(order, "production", "WAITING");
            Scenario.await(
                    "a failed call is counted",
                    () -> METERS.scrape().contains("temporal_activity_execution_failed_total"));
            slipway.channel.away(false);
            slipway.stage(order, "production").denied(new Denied("production/approve", "ci", "APPROVE", "requester"));
            slipway.stage(order, "production")
                    .decide(slipway.vote(order, "production/approve", "approver-1", Decision.Choice.APPROVE));
            slipway.end(order);
            Scenario.await(
                    "everything is counted",
                    () -> METERS.scrape()
                            .contains("slipway_release_total{outcome=\"PROMOTED\",service=\"podinfo\"} 1"));
        }
        gauges();
        scrape = METERS.scrape();
    }

    private static void gauges() throws IOException {
        try (FakeTemporal temporal = new FakeTemporal();
                OpenGauges gauges = new OpenGauges(
                        new OpenWork(temporal.client()),
                        METERS,
                        Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC))) {
            temporal.runs("Stage", "podinfo:production", "STUCK");
            temporal.runs("Recovery", "other:staging", "UNDOING");
            temporal.runs("Stage", "by-hand", "RUNNING");
            temporal.runs("Tell", "tell:run-1", "");
            temporal.polls("slipway-production", 2);
            gauges.round();
        }
        SlackRefusals refusals = new SlackRefusals(METERS);
        refusals.accept("chat.postMessage", "is_archived");
        refusals.accept("chat.update", "<html>");
    }

    @AfterAll
    static void close() {
        METERS.close();
    }

    @Test
    void aMeterHasTheLabelsOfTheDocsAndNoneOfTheSdk() {
        assertThat(scrape)
                .contains(
                        "slipway_deployment_total{environment=\"production\",outcome=\"PROMOTED\",service=\"podinfo\"} 1.0",
                        "slipway_deployment_total{environment=\"production\",outcome=\"ROLLED_BACK\",service=\"podinfo\"} 1.0",
                        "slipway_lead_time_seconds_bucket{environment=\"production\",service=\"podinfo\",le=\"60.0\"} 0",
                        "slipway_lead_time_seconds_bucket{environment=\"production\",service=\"podinfo\",le=\"604800.0\"} 1",
                        "slipway_restore_time_seconds_count{environment=\"production\",service=\"podinfo\"} 1");
    }

    @Test
    void everyMeterOfOursSaysWhatItIs() {
        List<String> helps = scrape.lines()
                .filter(line -> line.startsWith("# HELP slipway_"))
                .toList();

        assertThat(helps).hasSizeGreaterThan(10).allMatch(line -> line.matches("# HELP slipway_\\w+ \\S.*"));
    }

    @Test
    void whatSlackRefusesIsCountedFromZero() {
        assertThat(scrape)
                .contains(
                        "slipway_slack_refused_total{error=\"is_archived\",method=\"chat.postMessage\"} 1.0",
                        "slipway_slack_refused_total{error=\"channel_not_found\",method=\"chat.postMessage\"} 0.0",
                        "slipway_slack_refused_total{error=\"other\",method=\"chat.update\"} 1.0");
    }

    @Test
    void whatIsOpenIsShownAndWhatMayBecomeOfItStandsAtZero() {
        assertThat(scrape)
                .contains(
                        "slipway_stage_open{environment=\"production\",phase=\"STUCK\",service=\"podinfo\"} 1.0",
                        "slipway_stage_open{environment=\"staging\",phase=\"UNDOING\",service=\"other\"} 1.0",
                        "slipway_pollers{environment=\"production\"} 2.0",
                        "slipway_pollers{environment=\"staging\"} 0.0",
                        "slipway_untold 1.0",
                        "slipway_looked_timestamp_seconds 1.7E9",
                        "slipway_deployment_total{environment=\"staging\",outcome=\"ROLLED_BACK\",service=\"other\"} 0.0",
                        "slipway_restore_time_seconds_count{environment=\"staging\",service=\"other\"} 0")
                .doesNotContain("by-hand");
    }

    @Test
    void whatHasEndedIsNoLongerShownAndWhatNobodySaysStays() throws IOException {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (FakeTemporal temporal = new FakeTemporal();
                OpenGauges gauges = new OpenGauges(new OpenWork(temporal.client()), meters, Clock.systemUTC())) {
            temporal.runs("Stage", "podinfo:production", "WAITING");
            temporal.polls("slipway-production", 2);
            gauges.round();
            temporal.polls("slipway-production", 1);
            gauges.round();
            temporal.away(true);
            gauges.round();
            assertThat(meters.scrape())
                    .contains("slipway_stage_open{environment=\"production\"")
                    .contains("slipway_pollers{environment=\"production\"} 1.0");

            temporal.away(false);
            temporal.ended();
            gauges.round();
            assertThat(meters.scrape()).doesNotContain("slipway_stage_open{");
        }
    }

    @Test
    void theDashboardAsksForMetersThatThereAre() throws IOException {
        JsonNode dashboard = new ObjectMapper()
                .readTree(ROOT.resolve("infra/monitoring/dashboard.json").toFile());

        List<String> asked = dashboard.findValuesAsText("expr");
        assertThat(asked).hasSizeGreaterThan(10);
        assertThat(names(asked)).isSubsetOf(series());
    }

    @Test
    void everyAlertAsksForMetersThatThereAreAndNamesAPageThatThereIs() throws IOException {
        JsonNode rules = new ObjectMapper(new YAMLFactory())
                .readTree(ROOT.resolve("infra/monitoring/rules.yaml").toFile())
                .at("/spec/groups/0/rules");

        assertThat(rules).hasSizeGreaterThan(5);
        for (JsonNode rule : rules) {
            assertThat(names(List.of(rule.path("expr").asText()))).isNotEmpty().isSubsetOf(series());
            assertThat(rule.path("for").asText()).matches("\\d+[mh]");
            String[] page = rule.at("/annotations/runbook_url")
                    .asText()
                    .replace("https://slipway.example.com/", "")
                    .split("#", 2);
            String text = Files.readString(ROOT.resolve(page[0]));
            if (page.length > 1) {
                assertThat(text).contains("### " + rule.path("alert").asText());
                assertThat(page[1]).isEqualToIgnoringCase(rule.path("alert").asText());
            }
        }
    }

    /** Temporal's SDK writes the first letter of a method large. */
    @Test
    void theAlertOnWhatIsUntoldCountsTheCallsOfAllWhoAreTold() throws IOException {
        String rules = Files.readString(ROOT.resolve("infra/monitoring/rules.yaml"));
        Matcher counted = Pattern.compile("activity_type=~\"([A-Za-z_|]+)\"").matcher(rules);
        assertThat(counted.find()).isTrue();

        List<String> calls = Stream.of(Records.class, Announcer.class, Sinks.class)
                .flatMap(type -> POJOActivityInterfaceMetadata.newInstance(type).getMethodsMetadata().stream())
                .map(POJOActivityMethodMetadata::getActivityTypeName)
                .toList();
        assertThat(counted.group(1).split("\\|")).containsExactlyInAnyOrderElementsOf(calls);
        assertThat(scrape).contains("activity_type=\"Announcer_Announce\"");
    }

    @Test
    void theDocsListTheMetersThatThereAreAndNoOthers() throws IOException {
        String docs = Files.readString(ROOT.resolve("docs/observability.md"));
        Set<String> listed = new TreeSet<>();
        Matcher row = Pattern.compile("(?m)^\\| `(slipway_[a-z_]+)` \\|").matcher(docs);
        while (row.find()) {
            listed.add(row.group(1));
        }
        Set<String> served = new TreeSet<>();
        series().stream()
                .filter(name -> name.startsWith("slipway_"))
                .map(name -> name.replaceFirst("_(bucket|sum|count|max)$", ""))
                .forEach(served::add);

        assertThat(listed).isEqualTo(served);
        assertThat(names(List.of(docs.substring(docs.indexOf("### The four figures")))))
                .filteredOn(name -> name.startsWith("slipway_"))
                .isSubsetOf(series());
    }

    private static Set<String> names(List<String> expressions) {
        Set<String> names = new TreeSet<>();
        for (String expression : expressions) {
            Matcher meter = METER.matcher(expression);
            while (meter.find()) {
                names.add(meter.group());
            }
        }
        return names;
    }

    private static List<String> series() {
        List<String> names = new ArrayList<>();
        Matcher line = SERIES.matcher(scrape);
        while (line.find()) {
            names.add(line.group(1));
        }
        return names;
    }

    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        while (!Files.exists(here.resolve("infra/monitoring"))) {
            here = here.getParent();
        }
        return here;
    }
}
