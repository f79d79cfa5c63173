package dev.slipway.cli;

import dev.slipway.model.Digest;
import dev.slipway.model.ReleasePlan;
import dev.slipway.pipeline.Bundle;
import dev.slipway.pipeline.Pipeline;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** {@code plan}: what a release would do, without doing it. */
@Command(
        description = {
            "Show what a release would do, step by step, and what exactly rejects; nothing is done.",
            "With a server (SLIPWAY_URL) it is also checked against the platform team's environments and policy."
        },
        footer = {
            "",
            "Examples:",
            "  slipway plan -f release.yaml --version 6.9.2",
            "  slipway plan -f release.yaml --version 6.9.3 --author=\"$(git log --format=%%ae v6.9.2..HEAD)\""
        })
final class PlanCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private FileOption file = new FileOption();

    @Mixin
    private VersionOptions version = new VersionOptions();

    @Mixin
    private AuthorOption authors = new AuthorOption();

    PlanCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<String> named = authors.named();
        PipelineFile pipelineFile = file.read();
        Pipeline pipeline = pipelineFile.pipeline();
        Bundle bundle = pipelineFile.pack(pipeline);
        @Nullable
        ReleasePlan checked = server.given(terminal) ? checked(server.connect(terminal), bundle, named) : null;
        Image image = image(pipeline);
        if (output.json()) {
            terminal.out().println(Json.pretty(document(pipeline, bundle, checked, image)));
        } else {
            PlanSheet sheet = new PlanSheet(pipeline, Optional.ofNullable(checked), terminal.columns(), colours());
            sheet.lines(version.version(), version.tag(), image.words(), bundle.digest())
                    .forEach(line -> terminal.out().println(line));
        }
        terminal.err()
                .println(
                        checked == null
                                ? "checked offline only; set SLIPWAY_URL to check environments and policy too"
                                : "checked by the server: environments and policy agree");
        return ExitCode.OK.number();
    }

    /** The digest, or why it is not known; a plan can be looked at before the image is pushed. */
    private record Image(Optional<Digest> digest, String words) {}

    private Image image(Pipeline pipeline) {
        if (version.digest().isEmpty() && !server.given(terminal)) {
            return new Image(Optional.empty(), "not looked up");
        }
        try {
            Digest digest = PipelineFile.image(pipeline, version.tag(), version.digest());
            return new Image(Optional.of(digest), digest.value());
        } catch (Failure e) {
            return new Image(Optional.empty(), String.valueOf(e.getMessage()));
        }
    }

    private ReleasePlan checked(Server api, Bundle bundle, List<String> named) {
        JsonNode answer = Submission.plan(api, bundle, named);
        if (!answer.path("valid").asBoolean(false)) {
            List<String> problems = Refusal.problems(answer);
            throw new Failure(
                    ExitCode.INVALID,
                    "the server refuses this plan: " + PipelineFile.count(problems.size()),
                    problems,
                    "mend what is said above, then: slipway plan");
        }
        return Json.as(answer.path("plan"), ReleasePlan.class);
    }

    private Map<String, Object> document(Pipeline pipeline, Bundle bundle, @Nullable ReleasePlan checked, Image image) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("service", pipeline.service());
        document.put("version", version.version());
        document.put("image", pipeline.image().repository() + ":" + version.tag());
        document.put("imageDigest", image.digest().orElse(null));
        document.put("bundle", bundle.digest());
        document.put("checkedByServer", checked != null);
        document.put("stages", PlanSheet.steps(pipeline, Optional.ofNullable(checked)));
        document.put("plan", checked);
        return document;
    }

    private boolean colours() {
        return terminal.colours(terminal.outIsScreen());
    }
}
