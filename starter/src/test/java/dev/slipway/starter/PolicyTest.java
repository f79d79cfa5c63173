package dev.slipway.starter;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.slipway.workflows.testing.slack.FakeSlack;
import io.temporal.client.WorkflowStub;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import java.lang.annotation.Annotation;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Every way in asks {@link Authorization}: each route, each word that a workflow understands, each action of Slack. */
class PolicyTest {
    /** May do everything, in an environment that the release does not go through; nothing anywhere else. */
    private static final String ELSEWHERE = "elsewhere";

    private static final String RELEASE = "guarded@1.0.0";
    private static final String GATE = "production/approve";

    /** What people say to a workflow, and the one class of the starter that says it after asking. */
    private static final Map<String, String> OF_PEOPLE = Map.ofEntries(
            Map.entry("ReleaseWorkflow.attach update", "Launch"),
            Map.entry("ReleaseWorkflow.abort update", "Interventions"),
            Map.entry("ReleaseWorkflow.attest update", "Attestations"),
            Map.entry("StageWorkflow.decide update", "Decisions"),
            Map.entry("StageWorkflow.pause update", "Interventions"),
            Map.entry("StageWorkflow.resume update", "Interventions"),
            Map.entry("StageWorkflow.retryUndo update", "Interventions"),
            Map.entry("StageWorkflow.acceptAsIs update", "Interventions"));

    /** What the starter says for itself of somebody whom it has refused; it is written down and changes nothing. */
    private static final Map<String, String> OF_THE_STARTER = Map.of("StageWorkflow.denied signal", "Denials");

    /** What only workflows say to each other, the signal twin of a decision (worth its signature), and a stage's words under another name. */
    private static final Set<String> OF_NOBODY_HERE = Set.of(
            "ReleaseWorkflow.stageMoved signal",
            "ReleaseWorkflow.slotMoved signal",
            "SlotWorkflow.join signal",
            "SlotWorkflow.leave signal",
            "SlotWorkflow.stuck signal",
            "StageWorkflow.attested signal",
            "StageWorkflow.decided signal",
            "StageWorkflow.stop signal",
            "StageWorkflow.supersede signal",
            "RecoveryWorkflow.retryUndo update",
            "RecoveryWorkflow.acceptAsIs update",
            "PageWorkflow.resolve signal",
            "PageWorkflow.open signal");

    private static final JavaClasses WORKFLOWS = new ClassFileImporter().importPackages("dev.slipway.workflows.api");
    private static final JavaClasses STARTER = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.slipway.starter");

    @TempDir
    static Path folder;

    private static FakeSlack slack;
    private static Installation slipway;
    private static SlackWorkspace people;
    private static Api ci;

    @BeforeAll
    static void install() {
        slack = new FakeSlack(0).user("U6").user("U7").userGroup("S1");
        List<String> settings = new ArrayList<>(List.of(SlackWorkspace.settings(folder, slack)));
        settings.addAll(List.of(
                "--slipway.starter.grants[5].group=none",
                "--slipway.starter.grants[5].verbs="
                        + Stream.of(Verb.values())
                                .filter(verb -> verb != Verb.DECODE) // which cannot be kept to one environment
                                .map(Authorization::word)
                                .collect(Collectors.joining(",")),
                "--slipway.starter.grants[5].environments=" + ELSEWHERE,
                "--slipway.slack.people[5].user=U6",
                "--slipway.slack.people[5].subject=eve",
                "--slipway.slack.people[5].groups=none",
                "--slipway.slack.people[6].user=U7",
                "--slipway.slack.people[6].subject=fay"));
        slipway = Installation.wholeWith(folder, settings.toArray(String[]::new));
        people = new SlackWorkspace(slack, slipway);
        ci = slipway.as("ci");
        ci.start(Installation.bundle(folder, "guarded", ""), Api.request("1.0.0"));
        ci.awaitPhase(RELEASE, "WAITING");
    }

    @AfterAll
    static void remove() throws Exception {
        slipway.close();
        slack.close();
    }

    /** One route of ours, with its verb. */
    private record Route(String method, String path, Verb verb) {}

    private static List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        slipway.starter
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .forEach((info, handler) -> {
                    if (handler.hasMethodAnnotation(Requires.class)) {
                        for (RequestMethod method : info.getMethodsCondition().getMethods()) {
                            info.getPatternValues().forEach(path -> routes.add(route(method, path, handler)));
                        }
                    }
                });
        return routes;
    }

    private static Route route(RequestMethod method, String path, HandlerMethod handler) {
        String filled =
                path.replace("{id}", RELEASE).replace("{service}", "guarded").replace("{environment}", "production");
        Requires requires = handler.getMethodAnnotation(Requires.class);
        return new Route(method.name(), filled, requires.value());
    }

    @Test
    void everyHandlerOfOursHasAVerb() {
        Set<String> without = new TreeSet<>();
        slipway
                .starter
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .values()
                .stream()
                .filter(handler -> handler.getBeanType().getName().startsWith("dev.slipway."))
                .filter(handler -> !handler.hasMethodAnnotation(Requires.class))
                .forEach(handler -> without.add(handler.getBeanType().getSimpleName()));

        assertThat(without).as("Slack's alone, which asks inside").containsExactly("SlackController");
    }

    /** A grant for the verb opens the door; the environment that the change would be in is asked for behind it. */
    @Test
    void everyChangeIsAskedForInItsEnvironment() {
        List<Route> changes =
                routes().stream().filter(route -> route.verb().changes()).toList();
        assertThat(changes).hasSizeGreaterThanOrEqualTo(9);
        for (Route route : changes) {
            Api.Answer answer = say(route);
            assertThat(answer.problem()).as(route.toString()).isEqualTo("not-allowed");
        }
        assertThat(ci.get("/api/v1/releases/" + RELEASE).body().path("phase").asString())
                .isEqualTo("WAITING");
    }

    private static Api.Answer say(Route route) {
        Api nobody = slipway.as("nobody");
        if (route.verb() == Verb.START) {
            return nobody.start(Installation.bundle(folder, "guarded", ""), Api.request("1.0.1"));
        }
        String body = route.verb() == Verb.DECIDE ? "{\"choice\":\"APPROVE\"}" : "{}";
        return nobody.send(route.method(), route.path(), "application/json", HttpRequest.BodyPublishers.ofString(body));
    }

    @Test
    void everyWordOfAWorkflowIsSomebodys() {
        Set<String> known = new TreeSet<>(OF_NOBODY_HERE);
        known.addAll(OF_PEOPLE.keySet());
        known.addAll(OF_THE_STARTER.keySet());

        assertThat(words().keySet())
                .as("a new @UpdateMethod or @SignalMethod: say here who may say it, and where it is asked for")
                .containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void whatOnlyWorkflowsSayToEachOtherIsNotSaidHere() {
        for (String word : OF_NOBODY_HERE) {
            assertThat(speakers(words().get(word))).as(word).isEmpty();
        }
    }

    @Test
    void eachWordIsSaidAtOnePlace() {
        Map<String, String> speakers = new TreeMap<>(OF_PEOPLE);
        speakers.putAll(OF_THE_STARTER);
        speakers.forEach((word, speaker) ->
                assertThat(speakers(words().get(word))).as(word).containsExactly(speaker));
    }

    @Test
    void whoeverSpeaksToAWorkflowAsksFirst() {
        for (String speaker : Set.of("Interventions", "Decisions", "Attestations", "Intake")) {
            assertThat(dependencies(speaker)).as(speaker).contains("Authorization");
        }
        assertThat(users("Launch")).as("who starts releases").containsExactly("Admission");
        assertThat(users("Admission")).as("who has them admitted").containsExactly("ReleasesController");
        assertThat(dependencies("ReleasesController"))
                .as("an order is made by who asks")
                .contains("Intake");
    }

    @Test
    void nobodySpeaksPastTheInterfaces() {
        Set<String> silent = Set.of("signal", "update", "startUpdate", "cancel", "terminate", "signalWithStart");
        Set<String> found = STARTER.stream()
                .flatMap(one -> one.getAccessesFromSelf().stream())
                .filter(access -> access.getTargetOwner().isAssignableTo(WorkflowStub.class))
                .map(JavaAccess::getName)
                .filter(silent::contains)
                .collect(Collectors.toSet());

        assertThat(found).isEmpty();
    }

    @Test
    void everyActionOfSlackAsksBeforeItShowsAnything() {
        String button = SlackWorkspace.button(RELEASE, 1, GATE, Api.image("any"));
        for (SlackAction action : SlackAction.values()) {
            assertThat(people.told(people.click(FakeSlack.TEAM, "U6", action.id, button)))
                    .as(action.id)
                    .isEqualTo("eve may not decide guarded in production");
        }
        assertThat(slack.calls("views.open")).isEmpty();
    }

    @Test
    void aModalThatIsHandedInIsAskedForAgain() {
        for (SlackAction action : SlackAction.values()) {
            String memo = "{\"ask\":\"" + SlackWorkspace.button(RELEASE, 1, GATE, Api.image("any")) + "\",\"choice\":\""
                    + action.choice + "\",\"responseUrl\":\"" + slack.responseUrl() + "\"}";

            assertThat(people.told(people.submit("U6", memo, "please")))
                    .isEqualTo("eve may not decide guarded in production");
        }
    }

    /** A release is read as a whole, so eve may; fay is in no group at all. */
    @Test
    void everyWordOfTheCommandAsks() {
        for (SlackWord word : SlackWord.values()) {
            String text = word.name().toLowerCase(Locale.ROOT) + " " + RELEASE + " please";
            String who = word == SlackWord.STATUS ? "U7" : "U6";
            String told = people.told(people.command(who, text));
            assertThat(told).as(text).contains("may not");
        }
        assertThat(ci.get("/api/v1/releases/" + RELEASE).body().path("phase").asString())
                .isEqualTo("WAITING");
    }

    private static Map<String, JavaMethod> words() {
        return WORKFLOWS.stream()
                .filter(type -> type.isAnnotatedWith(WorkflowInterface.class))
                .flatMap(type -> Stream.concat(
                        words(type, UpdateMethod.class, "update"), words(type, SignalMethod.class, "signal")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Stream<Map.Entry<String, JavaMethod>> words(
            JavaClass type, Class<? extends Annotation> annotation, String how) {
        return type.getMethods().stream()
                .filter(method -> method.isAnnotatedWith(annotation))
                .map(method -> Map.entry(type.getSimpleName() + "." + method.getName() + " " + how, method));
    }

    /** The classes that call the method, or hand it on as a reference. */
    private static Set<String> speakers(JavaMethod word) {
        return STARTER.stream()
                .filter(one -> Stream.of(one.getMethodCallsFromSelf(), one.getMethodReferencesFromSelf())
                        .flatMap(Collection::stream)
                        .anyMatch(access -> access.getTargetOwner()
                                        .getName()
                                        .equals(word.getOwner().getName())
                                && access.getName().equals(word.getName())))
                .map(PolicyTest::outer)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> users(String type) {
        return STARTER.stream()
                .filter(one -> one.getDirectDependenciesFromSelf().stream()
                        .anyMatch(other -> outer(other.getTargetClass()).equals(type)))
                .map(PolicyTest::outer)
                .filter(one -> !one.equals(type))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> dependencies(String type) {
        return STARTER.stream()
                .filter(one -> outer(one).equals(type))
                .flatMap(one -> one.getDirectDependenciesFromSelf().stream())
                .map(other -> outer(other.getTargetClass()))
                .collect(Collectors.toSet());
    }

    private static String outer(JavaClass type) {
        String name = type.getName();
        return name.substring(name.lastIndexOf('.') + 1).replaceAll("\\$.*", "");
    }
}
