package dev.slipway.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.workflows.testing.slack.FakeSlack;
import java.net.http.HttpRequest;
import java.nio.file.Path;
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
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** {@code /openapi.json} held against the routes that there are. */
class OpenApiTest {
    private static final String OURS = OpenApiTest.class.getPackageName();

    @TempDir
    static Path folder;

    private static Installation slipway;
    private static FakeSlack slack;
    private static JsonNode document;

    @BeforeAll
    static void install() {
        slack = new FakeSlack(0);
        slipway = Installation.withoutTemporalWith(folder, SlackWorkspace.settings(folder, slack));
        document = slipway.as(null).get("/openapi.json").body();
    }

    @AfterAll
    static void remove() throws Exception {
        slipway.close();
        slack.close();
    }

    @Test
    void whatIsServedIsDescribedAndWhatIsDescribedIsServed() {
        assertThat(described().keySet()).isEqualTo(served().keySet());
    }

    @Test
    void everyParameterOfARouteIsDescribed() {
        Map<String, HandlerMethod> served = served();
        described()
                .forEach((route, operation) -> assertThat(names(operation))
                        .as(route)
                        .isEqualTo(Stream.of(served.get(route).getMethodParameters())
                                .filter(OpenApiTest::ofTheCaller)
                                .map(parameter ->
                                        String.valueOf(parameter.getParameter().getName()))
                                .collect(Collectors.toCollection(TreeSet::new))));
    }

    @Test
    void everyRouteSaysThatItNeedsATokenButTheOneThatSlackSigns() {
        described()
                .forEach((route, operation) -> assertThat(
                                operation.path("security").toString())
                        .as(route)
                        .isEqualTo(route.endsWith(AuthenticationFilter.SIGNED) ? "[]" : "[{\"token\":[]}]"));
        assertThat(document.path("components")
                        .path("securitySchemes")
                        .path("token")
                        .path("scheme")
                        .asString())
                .isEqualTo("bearer");
    }

    @Test
    void everyRouteSaysHowItRefuses() {
        described()
                .forEach((route, operation) -> assertThat(operation
                                .path("responses")
                                .path("default")
                                .path("content")
                                .path("application/problem+json")
                                .path("schema")
                                .path("$ref")
                                .asString())
                        .as(route)
                        .isEqualTo("#/components/schemas/ProblemDetail"));
    }

    @Test
    void whoeverIsRefusedGetsAProblemDocument() {
        described().keySet().forEach(route -> {
            String[] parts = route.split(" ");
            for (Api caller : new Api[] {slipway.as(null), slipway.as("nobody"), slipway.as("approver-1")}) {
                Api.Answer answer = caller.send(
                        parts[0],
                        AccessTest.filled(parts[1]) + "?limit=none",
                        "application/nothing",
                        HttpRequest.BodyPublishers.ofString("nothing"));
                if (answer.status() >= 400) {
                    assertThat(answer.raw().headers().firstValue("Content-Type"))
                            .as(route)
                            .contains("application/problem+json");
                    assertThat(answer.problem()).as(route).isNotEmpty();
                    assertThat(answer.detail()).as(route).isNotEmpty();
                }
            }
        });
    }

    @Test
    void nothingInItIsReferredToAndMissing() {
        Set<String> referred = document.findValues("$ref").stream()
                .map(reference -> reference.asString().replace("#/components/schemas/", ""))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(document.path("components").path("schemas").propertyNames()).containsAll(referred);
    }

    private static boolean ofTheCaller(MethodParameter parameter) {
        return parameter.hasParameterAnnotation(RequestParam.class)
                || parameter.hasParameterAnnotation(PathVariable.class);
    }

    private static Set<String> names(JsonNode operation) {
        return operation.path("parameters").values().stream()
                .map(parameter -> parameter.path("name").asString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, JsonNode> described() {
        Map<String, JsonNode> described = new TreeMap<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method -> described.put(
                                method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), method.getValue())));
        return described;
    }

    private static Map<String, HandlerMethod> served() {
        Map<String, HandlerMethod> served = new TreeMap<>();
        for (RequestMappingHandlerMapping mapping : slipway.starter
                .getBeansOfType(RequestMappingHandlerMapping.class)
                .values()) {
            for (Map.Entry<RequestMappingInfo, HandlerMethod> entry :
                    mapping.getHandlerMethods().entrySet()) {
                if (!entry.getValue().getBeanType().getPackageName().startsWith(OURS)) {
                    continue;
                }
                for (String path : entry.getKey().getPatternValues()) {
                    entry.getKey()
                            .getMethodsCondition()
                            .getMethods()
                            .forEach(method -> served.put(method + " " + path, entry.getValue()));
                }
            }
        }
        return served;
    }
}
