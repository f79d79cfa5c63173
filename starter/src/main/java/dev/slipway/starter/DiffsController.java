package dev.slipway.starter;

import dev.slipway.model.Difference;
import dev.slipway.model.Digest;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Evidence;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.ReleaseView;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a release changes in an environment, whole: handed in by the environment's worker, read by whoever decides. */
@RestController
@RequestMapping("/api/v1")
class DiffsController {
    private static final int MOST = 8 << 20;

    private final DiffStore diffs;
    private final Views views;
    private final Recall recall;

    DiffsController(DiffStore diffs, Views views, Recall recall) {
        this.diffs = diffs;
        this.views = views;
        this.recall = recall;
    }

    /** The body is taken from the stream: it is text of its own, longer than the JSON of a request may be. */
    @PutMapping("/diffs/{digest}")
    @Requires(Verb.FETCH)
    ResponseEntity<Void> keep(@PathVariable Digest digest, HttpServletRequest request) throws IOException {
        byte[] text = BodyLimit.read(request, MOST, "a diff has at most 8 MiB");
        diffs.keep(digest, text);
        return ResponseEntity.noContent().build();
    }

    /** What people were asked about last; the digest is that of the text in UTF-8, and on record with the question. */
    record Shown(ReleaseId release, EnvironmentName environment, Digest digest, String text) {}

    @GetMapping("/releases/{id}/diff")
    @Requires(Verb.READ)
    Shown show(@PathVariable ReleaseId id, @RequestParam EnvironmentName environment) {
        ReleaseView view = recall.show(id, () -> views.see(id).view());
        Digest digest = Difference.digest(asked(view, environment))
                .orElseThrow(() -> Refusal.notFound("nobody was asked about a change of " + id + " in " + environment
                        + ", or it was not available then"));
        String text = diffs.text(digest)
                .orElseThrow(() -> Refusal.notFound("the whole diff " + digest + " of " + id + " in " + environment
                        + " is not kept here; what was shown is in slipway get " + id));
        return new Shown(id, environment, digest, text);
    }

    /** The evidence of the last question; a canary may have several. */
    private static List<Evidence> asked(ReleaseView view, EnvironmentName environment) {
        return view.stages().stream()
                .filter(stage -> stage.environment().equals(environment))
                .flatMap(stage -> stage.steps().stream())
                .map(step -> step.evidence())
                .filter(evidence -> Difference.digest(evidence).isPresent())
                .reduce((earlier, later) -> later)
                .orElse(List.of());
    }
}
