package dev.slipway.starter;

import dev.slipway.model.Actor;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.ReleaseView;
import dev.slipway.model.StageView;
import dev.slipway.workflows.api.Decision;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The slash command: {@code VERB SERVICE@VERSION [REASON]}; the same as the CLI's, by the same rules. */
@Component
@HeardFromSlack
class SlackCommand {
    static final String HELP = "/release status SERVICE@VERSION, or approve, reject, abort SERVICE@VERSION [REASON]";

    private final Views views;
    private final Decisions decisions;
    private final Interventions interventions;
    private final Authorization authorization;

    SlackCommand(Views views, Decisions decisions, Interventions interventions, Authorization authorization) {
        this.views = views;
        this.decisions = decisions;
        this.interventions = interventions;
        this.authorization = authorization;
    }

    /**
     * Does it.
     *
     * @return what to tell the person
     * @throws Refusal as the API would
     */
    String run(Actor actor, String text) {
        String[] words = SafeText.line(text).split(" ", 3);
        Optional<SlackWord> word = SlackWord.of(words[0]);
        if (words.length < 2 || word.isEmpty()) {
            return HELP;
        }
        ReleaseId id = id(words[1]);
        String reason = words.length > 2 ? words[2] : "";
        return switch (word.get()) {
            case STATUS -> status(actor, id);
            case APPROVE -> decide(actor, id, Decision.Choice.APPROVE, reason);
            case REJECT -> decide(actor, id, Decision.Choice.REJECT, reason);
            case ABORT -> interventions.abort(actor, id, new Reason(reason)).message();
        };
    }

    private String decide(Actor actor, ReleaseId id, Decision.Choice choice, String reason) {
        return decisions
                .decide(actor, id, new DecisionRequest(null, choice, reason, null, null))
                .message();
    }

    private String status(Actor actor, ReleaseId id) {
        authorization.demand(actor, Verb.READ, id.service(), Optional.empty());
        ReleaseView view = views.see(id).view();
        String outcome = view.outcome();
        String stages = view.stages().stream().map(SlackCommand::line).collect(Collectors.joining(", "));
        return id + " is " + (outcome == null ? view.phase().name() : outcome)
                + (view.reason().isEmpty() ? "" : ": " + view.reason()) + " (" + stages + ")";
    }

    private static String line(StageView stage) {
        String outcome = stage.outcome();
        return stage.environment() + " " + (outcome == null ? stage.state() : outcome);
    }

    private static ReleaseId id(String text) {
        try {
            return ReleaseId.parse(text);
        } catch (IllegalArgumentException e) {
            throw Refusal.malformed(String.valueOf(e.getMessage()));
        }
    }
}
