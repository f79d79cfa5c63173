package dev.slipway.activities.kubernetes;

import dev.slipway.model.Evidence;
import dev.slipway.workflows.api.HelmTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is kept of a pod that did not become ready, before an undo removes it: its own words, its events, its last log lines. */
final class PodEvidence {
    private static final int CHARACTERS = 2048;
    private static final int EVENTS = 6;
    private static final Set<String> ABOUT_PROBES = Set.of("NotReady", "Starting", "Restarting");

    private final Cluster cluster;
    private final HelmTarget target;
    private final Trouble trouble;
    private final PodEvents events;

    PodEvidence(Cluster cluster, HelmTarget target, Trouble trouble) {
        this.cluster = cluster;
        this.target = target;
        this.trouble = trouble;
        this.events = cluster.events(target, trouble.pod().orElseGet(() -> objectName(trouble)));
    }

    private static String objectName(Trouble trouble) {
        return trouble.workload().substring(trouble.workload().indexOf(' ') + 1);
    }

    /** The trouble in one sentence; the last failed probe answers why a running container is not ready. */
    String sentence() {
        String probe = ABOUT_PROBES.contains(trouble.cause())
                ? events.lastProbe().map(p -> ": " + p).orElse("")
                : "";
        return trouble.sentence() + probe;
    }

    /** Each at most 2 KB, without what looks like a secret. */
    List<Evidence> list() {
        List<Evidence> list = new ArrayList<>();
        list.add(Evidence.of(trouble.pod().isPresent() ? "pod" : "workload", Redaction.head(sentence(), CHARACTERS)));
        if (!events.list().isEmpty()) {
            list.add(Evidence.of("events", Redaction.tail(events.tail(EVENTS), CHARACTERS)));
        }
        log().filter(text -> !text.isBlank())
                .ifPresent(text -> list.add(Evidence.of("log", Redaction.tail(text, CHARACTERS))));
        return list;
    }

    /** Of the run that ended, when one did: the run that follows has often not said anything yet. */
    private Optional<String> log() {
        return trouble.pod()
                .flatMap(pod -> trouble.container().map(container -> {
                    boolean ended = trouble.words().contains("restart");
                    return cluster.log(target, pod, container, ended);
                }));
    }
}
