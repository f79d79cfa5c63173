package dev.slipway.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Digests;
import dev.slipway.workflows.testing.slack.FakeSlack;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

class AccessTest {
    @TempDir
    static Path folder;

    private static Installation slipway;
    private static FakeSlack slack;

    @BeforeAll
    static void install() {
        slack = new FakeSlack(0);
        slipway = Installation.withoutTemporalWith(folder, SlackWorkspace.settings(folder, slack));
    }

    @AfterAll
    static void remove() throws Exception {
        slipway.close();
        slack.close();
    }

    /** A route as a caller writes it; the type is that of a body that it takes, empty when it takes any. */
    private record Route(String method, String path, String type) {}

    /** Every mapping of every handler mapping: ours, the actuator's, the error page, whatever a library adds. */
    private static List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        for (RequestMappingInfoHandlerMapping mapping : slipway.starter
                .getBeansOfType(RequestMappingInfoHandlerMapping.class)
                .values()) {
            for (RequestMappingInfo info : mapping.getHandlerMethods().keySet()) {
                Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
                String type = info.getConsumesCondition().getConsumableMediaTypes().stream()
                        .map(media -> media + "; boundary=x")
                        .findFirst()
                        .orElse("");
                for (String path : info.getPatternValues()) {
                    for (RequestMethod method : methods.isEmpty() ? Set.of(RequestMethod.GET) : methods) {
                        routes.add(new Route(method.name(), filled(path), type));
                    }
                }
            }
        }
        return routes;
    }

    static String filled(String pattern) {
        return pattern.replace("{id}", "podinfo@1.0.0")
                .replace("{service}", "podinfo")
                .replace("{environment}", "development")
                .replace("{digest}", Api.image("x").value())
                .replace("/**", "/liveness");
    }

    private static int status(String caller, Route route) {
        return slipway.as(caller)
                .send(
                        route.method(),
                        route.path(),
                        route.type().isEmpty() ? null : route.type(),
                        HttpRequest.BodyPublishers.noBody())
                .status();
    }

    @Test
    void everyRouteNeedsATokenAndAGrantButAFewThatAreListedHere() {
        Set<String> open = new TreeSet<>();
        List<Route> routes = new ArrayList<>(routes());
        assertThat(routes.removeIf(route -> route.path().equals("/slack/events")))
                .isTrue();
        assertThat(routes).hasSizeGreaterThan(14);
        for (Route route : routes) {
            if (status(null, route) == 401) {
                assertThat(status("stolen", route))
                        .as(route + " with an unknown token")
                        .isEqualTo(401);
                assertThat(status("nobody", route))
                        .as(route + " without a grant")
                        .isEqualTo(403);
            } else {
                open.add(route.path());
            }
        }
        assertThat(open)
                .containsExactlyInAnyOrder(
                        "/actuator/health", "/actuator/health/liveness", "/actuator/prometheus", "/openapi.json");
    }

    @Test
    void whatSlackSignsIsOpenToNoToken() {
        for (String caller : java.util.Arrays.asList(null, "stolen", "approver-1")) {
            Api.Answer answer = slipway.as(caller)
                    .send(
                            "POST",
                            "/slack/events",
                            "application/x-www-form-urlencoded",
                            HttpRequest.BodyPublishers.ofString("payload=%7B%7D"));
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.problem()).isEqualTo("not-signed");
        }
        for (String path : List.of("/slack/events/", "/slack/events;x=1", "//slack/events", "/slack/./events")) {
            assertThat(slipway.as(null).post(path, "{}").problem()).as(path).isIn("not-authenticated", "");
        }
    }

    @Test
    void everyVerbOpensItsOwnRoutesAlone() {
        assertThat(slipway.as("ci").get("/api/v1/environments").status()).isEqualTo(200);
        assertThat(slipway.as("worker").get("/api/v1/environments").status()).isEqualTo(403);
        assertThat(slipway.as("ci")
                        .post("/api/v1/releases/podinfo@1.0.0/abort", "{}")
                        .detail())
                .isEqualTo("ci may not abort podinfo");
    }

    @Test
    void aGrantHoldsForItsServicesAndEnvironments() {
        Api junior = slipway.as("junior");

        Api.Answer service = junior.start(Installation.bundle(folder, "podinfo", ""), Api.request("1.0.0"));
        assertThat(service.status()).isEqualTo(403);
        assertThat(service.detail()).isEqualTo("junior may not start podinfo");

        Api.Answer environment = junior.start(Installation.bundle(folder, "only-this", ""), Api.request("1.0.0"));
        assertThat(environment.status()).isEqualTo(403);
        assertThat(environment.detail()).isEqualTo("junior may not start only-this in production");
        assertThat(junior.get("/api/v1/releases/podinfo@1.0.0").status()).isEqualTo(403);
    }

    /** It is no secret; who may not even read does not get it all the same. */
    @Test
    void whoMayReadGetsTheKeyThatDecisionsAreCheckedWithAndOfItsPairNothingElse() throws Exception {
        String beside = Files.readString(folder.resolve("data/decision-key.pub.pem"));
        byte[] encoded = Base64.getMimeDecoder().decode(beside.replaceAll("-----[A-Z ]+-----", ""));
        String id = Digests.sha256(encoded).hex().substring(0, 16);

        Api.Answer keys = slipway.as("ci").get("/api/v1/keys");

        assertThat(keys.status()).isEqualTo(200);
        assertThat(new String(keys.raw().body(), StandardCharsets.UTF_8))
                .isEqualTo("{\"keys\":[{\"id\":\"" + id + "\",\"pem\":\"" + beside.replace("\n", "\\n")
                        + "\",\"signs\":true}]}");
        assertThat(slipway.as("worker").get("/api/v1/keys").detail()).isEqualTo("worker may not read anything");
    }

    @Test
    void anotherSpellingOfAnOpenPathIsNotOpen() {
        for (String path :
                List.of("/openapi.json/", "/actuator/health;x=1", "/actuator/./prometheus", "//openapi.json")) {
            Api.Answer answer = slipway.as(null).get(path);
            assertThat(answer.status()).as(path).isIn(400, 401);
        }
    }

    @Test
    void theCallerIsAskedForBeforeTheBodyIsRead() {
        Api.Answer refused = slipway.as(null)
                .send(
                        "POST",
                        "/api/v1/releases",
                        "multipart/form-data; boundary=x",
                        HttpRequest.BodyPublishers.ofString("no multipart at all"));
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.problem()).isEqualTo("not-authenticated");
        assertThat(refused.raw().headers().firstValue("WWW-Authenticate")).contains("Bearer");
    }

    @Test
    void listensWithoutTemporalAndSaysSo() {
        Api.Answer health = slipway.as(null).get("/actuator/health");
        assertThat(health.status()).isEqualTo(503);
        assertThat(health.body()
                        .path("components")
                        .path("temporal")
                        .path("status")
                        .asString())
                .isEqualTo("DOWN");
        assertThat(slipway.as(null).get("/actuator/health/liveness").status()).isEqualTo(200);

        Api.Answer start = slipway.as("ci").start(Installation.bundle(folder, "podinfo", ""), Api.request("1.0.0"));
        assertThat(start.status()).isEqualTo(503);
        assertThat(start.problem()).isEqualTo("temporal-unreachable");
    }

    @Test
    void theDescriptionOfTheApiNamesItsRoutes() {
        Api.Answer openapi = slipway.as(null).get("/openapi.json");

        assertThat(openapi.body().path("paths").propertyNames())
                .contains("/api/v1/releases", "/api/v1/releases/{id}/decisions", "/api/v1/plans");
        assertThat(slipway.as(null).get("/actuator/prometheus").status()).isEqualTo(200);
    }
}
