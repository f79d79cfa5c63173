package dev.slipway.workflows.reaper;

import dev.slipway.model.Alert;
import dev.slipway.model.Environment;
import dev.slipway.model.ReleaseId;
import dev.slipway.workflows.api.FailureType;
import dev.slipway.workflows.api.Orphans;
import dev.slipway.workflows.api.PageOrder;
import dev.slipway.workflows.api.ReaperRound;
import dev.slipway.workflows.api.ReaperWorkflow;
import dev.slipway.workflows.api.Stages;
import dev.slipway.workflows.api.TaskQueues;
import dev.slipway.workflows.api.Trace;
import dev.slipway.workflows.page.PageCall;
import dev.slipway.workflows.stage.Failures;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.TimeoutFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Pages what was an orphan in the last round as well, once for each release, and closes the page when it is gone. */
public final class ReaperWorkflowImpl implements ReaperWorkflow {
    /** Rounds come every minute; one that hangs must not be in the way of the next for long. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);
    /** A page does not stay open for ever by itself: it is called for again, which does nothing while it is open. */
    private static final Duration REMIND = Duration.ofDays(1);

    @Override
    public ReaperRound run(Environment environment) {
        ReaperRound before = Optional.ofNullable(Workflow.getLastCompletionResult(ReaperRound.class))
                .orElse(ReaperRound.NONE);
        try {
            return round(environment, before);
        } catch (ActivityFailure failure) {
            if (!passing(failure)) {
                throw failure;
            }
            String why = environment.name() + " could not be looked at: " + Failures.sentence(failure);
            Workflow.setCurrentDetails(why);
            return before.unseen(why);
        }
    }

    private static ReaperRound round(Environment environment, ReaperRound before) {
        List<Trace> traces = orphans(environment).find(environment);
        List<Trace> orphans = traces.isEmpty() ? traces : stages().orphaned(traces);
        List<ReaperRound.Paged> paged = paged(environment, orphans, before);
        Workflow.setCurrentDetails(orphans.isEmpty() ? "nothing is left over" : table(orphans));
        return new ReaperRound(orphans, paged, "");
    }

    /** A stage that was just closing in this round is done by the next one. */
    private static List<ReaperRound.Paged> paged(Environment environment, List<Trace> orphans, ReaperRound before) {
        Set<String> seen = before.orphans().stream().map(Trace::stageRun).collect(Collectors.toSet());
        Map<ReleaseId, Instant> open = new LinkedHashMap<>();
        before.paged().forEach(page -> open.put(page.release(), page.at()));
        Map<ReleaseId, List<Trace>> left = orphans.stream()
                .collect(Collectors.groupingBy(Trace::release, LinkedHashMap::new, Collectors.toList()));
        for (ReleaseId release : List.copyOf(open.keySet())) {
            if (!left.containsKey(release)) {
                PageCall.close(page(environment, release, ""), "nothing of it is left in " + environment.name())
                        .get();
                open.remove(release);
            }
        }
        Instant now = Instant.ofEpochMilli(Workflow.currentTimeMillis());
        left.forEach((release, traces) -> {
            boolean stays = traces.stream().anyMatch(trace -> seen.contains(trace.stageRun()));
            boolean due =
                    !open.containsKey(release) || open.get(release).plus(REMIND).isBefore(now);
            if (stays && due) {
                PageCall.open(page(environment, release, summary(environment, release, traces)));
                open.put(release, now);
            }
        });
        List<ReaperRound.Paged> paged = new ArrayList<>();
        open.forEach((release, at) -> paged.add(new ReaperRound.Paged(release, at)));
        return paged;
    }

    private static PageOrder page(Environment environment, ReleaseId release, String summary) {
        return new PageOrder(release, environment.name(), Alert.SlipwayOrphan, summary);
    }

    private static String summary(Environment environment, ReleaseId release, List<Trace> traces) {
        return release + " has left things in " + environment.name()
                + ", and the stage that would put them back is gone: "
                + traces.stream().map(Trace::what).collect(Collectors.joining("; "))
                + "; next: slipway recover " + release.service() + " --environment " + environment.name()
                + " --dry-run, then without --dry-run; runbook: " + Alert.SlipwayOrphan.runbook();
    }

    private static String table(List<Trace> orphans) {
        return "| Release | Left over | Stage run |\n|---|---|---|\n"
                + orphans.stream()
                        .map(t -> "| " + t.release() + " | " + t.what().replace("|", "/") + " | " + t.stageRun() + " |")
                        .collect(Collectors.joining("\n"));
    }

    /** Nobody polls, or the other side is away: the next round looks again. What is wrong for good fails this round. */
    private static boolean passing(ActivityFailure failure) {
        return failure.getCause() instanceof TimeoutFailure
                || Failures.is(failure, FailureType.UNREACHABLE)
                || Failures.is(failure, FailureType.DRAINING);
    }

    private static Orphans orphans(Environment environment) {
        return Workflow.newActivityStub(
                Orphans.class, options(TaskQueues.of(environment.name()), "what is left in " + environment.name()));
    }

    private static Stages stages() {
        return Workflow.newActivityStub(Stages.class, options(TaskQueues.CONTROL, "whose stages are gone"));
    }

    private static ActivityOptions options(String queue, String summary) {
        return ActivityOptions.newBuilder()
                .setTaskQueue(queue)
                .setStartToCloseTimeout(Duration.ofSeconds(30))
                .setScheduleToCloseTimeout(PATIENCE)
                .setRetryOptions(RetryOptions.newBuilder()
                        .setMaximumInterval(Duration.ofSeconds(10))
                        .build())
                .setSummary(summary)
                .build();
    }
}
