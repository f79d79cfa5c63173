package dev.slipway.pipeline;

import dev.slipway.model.LoadPlan;
import java.util.Optional;
import java.util.regex.Pattern;

/** What sends requests while a soak lasts. */
final class Loads {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    /** Kubernetes' own limit for a CronJob, so that the names of its Jobs have room. */
    private static final int LONGEST = 52;

    private final String service;
    private final Problems problems;

    Loads(String service, Problems problems) {
        this.service = service;
        this.problems = problems;
    }

    /** Absent when the gate says nothing of it. */
    Optional<LoadPlan> of(Part gate) {
        Part job = gate.get("load").get("job");
        Optional<String> name = job.text().map(text -> text.replace("{service}", service));
        name.filter(text -> text.length() > LONGEST || !LABEL.matcher(text).matches())
                .filter(text -> problems.noneAt(job.at()))
                .ifPresent(text -> problems.add(
                        job.at(),
                        "'job' must be the name of a CronJob, of lower-case letters, digits and '-', at most " + LONGEST
                                + " characters, not " + Wording.quote(text)));
        return name.map(LoadPlan::new);
    }
}
