package dev.slipway.starter;

import dev.slipway.model.Actor;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.ReleaseView;
import dev.slipway.model.ServiceName;
import dev.slipway.workflows.api.Ask;
import dev.slipway.workflows.api.Denied;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Does what people say in Slack. A word that was taken is in the stage's history before Slack hears that it was: what cannot be
 * done while Slack waits is answered with "not yet", and its sender hears of it alone when it is done.
 */
@Component
@HeardFromSlack
class SlackDesk {
    private final SlackErrands errands;
    private final SlackPeople people;
    private final SlackWeb web;
    private final SlackCommand commands;
    private final Decisions decisions;
    private final Authorization authorization;
    private final Denials denials;
    private final Views views;
    private final JsonMapper json;

    SlackDesk(
            SlackErrands errands,
            SlackPeople people,
            SlackWeb web,
            SlackCommand commands,
            Decisions decisions,
            Authorization authorization,
            Denials denials,
            Views views,
            JsonMapper json) {
        this.errands = errands;
        this.people = people;
        this.web = web;
        this.commands = commands;
        this.decisions = decisions;
        this.authorization = authorization;
        this.denials = denials;
        this.views = views;
        this.json = json;
    }

    /** Takes the slash command; the answer is what to say at once. */
    JsonNode command(Map<String, String> form) {
        String text = form.getOrDefault("text", "");
        String words = errands.within(
                        form.getOrDefault("response_url", ""),
                        () -> commands.run(people.actor(SlackSender.of(form)), text))
                .map(SlackErrands.Outcome::words)
                .orElse(
                        "No answer yet, so nothing is done yet. You are told here when it is; when you are not told within"
                                + " a minute, say it again");
        return json.createObjectNode().put("response_type", "ephemeral").put("text", words);
    }

    /** Takes a click or a modal that was handed in, and answers it; whatever else Slack sends is left alone. */
    Optional<JsonNode> interaction(JsonNode payload) {
        SlackSender sender = SlackSender.of(payload);
        String type = payload.path("type").asString("");
        if (type.equals("block_actions")) {
            for (JsonNode action : payload.path("actions")) {
                click(sender, payload, action);
            }
        } else if (type.equals("view_submission")
                && payload.path("view").path("callback_id").asString("").equals(SlackModal.ID)) {
            return submission(sender, payload.path("view"));
        }
        return Optional.empty();
    }

    /** Somebody sends again what Slack has sent: it is not heard, and on record where it can be. */
    void replayed(JsonNode payload) {
        SlackSender sender = SlackSender.of(payload);
        JsonNode action = payload.path("actions").path(0);
        boolean clicked = payload.path("type").asString("").equals("block_actions");
        errands.later("", () -> {
            Ask ask = ask(
                    clicked
                            ? action.path("value").asString("")
                            : memo(payload.path("view")).ask());
            String what = "a copy of a " + (clicked ? "click" : "modal") + " that was heard before";
            denials.note(views.see(ask.release()), new Denied(ask.gate(), name(sender), "", what));
            return "";
        });
    }

    /** A click decides nothing: it only opens a modal, and can be lost. */
    private void click(SlackSender sender, JsonNode payload, JsonNode action) {
        Optional<SlackAction> known = SlackAction.of(action.path("action_id").asString(""));
        if (known.isEmpty()) {
            return;
        }
        String responseUrl = payload.path("response_url").asString("");
        String value = action.path("value").asString("");
        String trigger = payload.path("trigger_id").asString("");
        errands.later(responseUrl, () -> {
            show(sender, trigger, ask(value), new SlackModal.Memo(value, known.get().choice, responseUrl));
            return "";
        });
    }

    /** Slack is asked for more groups only when those that we know do not do: a modal must open within 3 s. */
    private void requireDecider(SlackSender sender, SlackSettings.Person person, Ask ask) {
        ServiceName service = ask.release().service();
        Optional<EnvironmentName> environment = Optional.of(Decisions.environment(ask.gate()));
        Actor quick = new Actor(person.subject(), person.groups());
        if (!authorization.permits(quick, Verb.DECIDE, service, environment)) {
            authorization.demand(people.actor(sender), Verb.DECIDE, service, environment);
        }
    }

    private void show(SlackSender sender, String trigger, Ask ask, SlackModal.Memo memo) {
        Optional<Seen> seen = look(ask);
        try {
            requireDecider(sender, people.known(sender), ask);
            seen.ifPresent(now -> requireSame(ask, now));
        } catch (Refusal refusal) {
            String why = String.valueOf(refusal.getMessage());
            seen.ifPresent(now -> denials.note(
                    now, new Denied(ask.gate(), name(sender), memo.choice().name(), why)));
            throw refusal;
        }
        ObjectNode arguments = json.createObjectNode().put("trigger_id", trigger);
        Optional<ReleaseView> view = seen.map(Seen::view);
        arguments.set("view", SlackModal.of(ask, memo.choice(), view, json.writeValueAsString(memo)));
        web.write("views.open", arguments);
    }

    /** The release when it can be seen at once: a modal can be opened within 3 s of the click. */
    private Optional<Seen> look(Ask ask) {
        return errands.glance(() -> views.see(ask.release()));
    }

    private static void requireSame(Ask ask, Seen now) {
        ReleaseView view = now.view();
        if (ask.attempt() != view.attempt()
                || !ask.fingerprint().equals(view.digests().fingerprint())) {
            throw Refusal.refused("this button is of attempt " + ask.attempt() + " of " + ask.release()
                    + " and its digests; now it is attempt " + view.attempt() + ", which has a message of its own");
        }
    }

    /** For the records; who is not known here is called what Slack calls them. */
    private String name(SlackSender sender) {
        try {
            return people.known(sender).subject();
        } catch (Refusal unknown) {
            return SafeText.line("Slack's user " + sender.user() + " of " + sender.home());
        }
    }

    private Optional<JsonNode> submission(SlackSender sender, JsonNode view) {
        SlackModal.Memo memo = memo(view);
        String reason = SlackModal.reason(view);
        Optional<SlackErrands.Outcome> outcome = errands.within(memo.responseUrl(), () -> {
            Ask ask = ask(memo.ask());
            DecisionRequest request =
                    new DecisionRequest(ask.gate(), memo.choice(), reason, ask.fingerprint(), ask.attempt());
            return decisions
                    .decide(people.actor(sender), ask.release(), request, SlackModal.name(view))
                    .message();
        });
        if (outcome.isEmpty()) {
            return Optional.of(
                    SlackModal.notTaken(
                            "Not recorded yet: there is no answer yet. You are told when it is; or press again, it counts once"));
        }
        if (!outcome.get().done()) {
            return Optional.of(SlackModal.notTaken(outcome.get().words()));
        }
        errands.later(memo.responseUrl(), outcome.get()::words);
        return Optional.empty();
    }

    private SlackModal.Memo memo(JsonNode view) {
        return json.readValue(view.path("private_metadata").asString(""), SlackModal.Memo.class);
    }

    private static Ask ask(String value) {
        try {
            return Ask.parse(value);
        } catch (IllegalArgumentException e) {
            throw Refusal.malformed(String.valueOf(e.getMessage()));
        }
    }
}
