package dev.slipway.starter;

import dev.slipway.model.ReleaseView;
import dev.slipway.workflows.api.Ask;
import dev.slipway.workflows.api.Decision;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Does what people say in Slack, beside the request that brought it, and tells each of them alone what became of it. */
@Component
@ConditionalOnProperty("slipway.slack.signing-secret-file")
class SlackDesk implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(SlackDesk.class);
    private static final int THREADS = 8;
    private static final int WAITING = 200;
    private static final long GOODBYE_SECONDS = 15;
    /** A modal can be opened within 3 s of the click. */
    private static final long SHOW_MILLIS = 1000;

    private final ExecutorService work = pool("slack-", WAITING);
    private final ExecutorService looks = pool("slack-look-", WAITING);
    private final SlackPeople people;
    private final SlackWeb web;
    private final SlackCommand commands;
    private final Decisions decisions;
    private final Views views;
    private final JsonMapper json;

    SlackDesk(
            SlackPeople people,
            SlackWeb web,
            SlackCommand commands,
            Decisions decisions,
            Views views,
            JsonMapper json) {
        this.people = people;
        this.web = web;
        this.commands = commands;
        this.decisions = decisions;
        this.views = views;
        this.json = json;
    }

    /** Takes the slash command; the answer is what to say at once. */
    String command(Map<String, String> form) {
        String text = form.getOrDefault("text", "");
        boolean taken = later(
                form.getOrDefault("response_url", ""), () -> commands.run(people.actor(SlackSender.of(form)), text));
        return taken ? "…" : "Slipway is busy; nothing was done. Say it again in a minute.";
    }

    /** Takes a click or a modal that was handed in; whatever else Slack sends is left alone. */
    void interaction(JsonNode payload) {
        SlackSender sender = SlackSender.of(payload);
        String type = payload.path("type").asString("");
        if (type.equals("block_actions")) {
            for (JsonNode action : payload.path("actions")) {
                click(sender, payload, action);
            }
        } else if (type.equals("view_submission")
                && payload.path("view").path("callback_id").asString("").equals(SlackModal.ID)) {
            submission(sender, payload.path("view"));
        }
    }

    private void click(SlackSender sender, JsonNode payload, JsonNode action) {
        Decision.Choice choice;
        switch (action.path("action_id").asString("")) {
            case "release.approve" -> choice = Decision.Choice.APPROVE;
            case "release.reject" -> choice = Decision.Choice.REJECT;
            default -> {
                return;
            }
        }
        String responseUrl = payload.path("response_url").asString("");
        String value = action.path("value").asString("");
        String trigger = payload.path("trigger_id").asString("");
        later(responseUrl, () -> {
            people.known(sender);
            show(trigger, ask(value), new SlackModal.Memo(value, choice, responseUrl));
            return "";
        });
    }

    private void show(String trigger, Ask ask, SlackModal.Memo memo) {
        Optional<ReleaseView> view = look(ask);
        view.ifPresent(now -> requireSame(ask, now));
        ObjectNode arguments = json.createObjectNode().put("trigger_id", trigger);
        arguments.set("view", SlackModal.of(ask, memo.choice(), view, json.writeValueAsString(memo)));
        web.write("views.open", arguments);
    }

    /** The release when it can be seen at once. */
    private Optional<ReleaseView> look(Ask ask) {
        CompletableFuture<ReleaseView> look =
                CompletableFuture.supplyAsync(() -> views.see(ask.release()).view(), looks);
        try {
            return Optional.of(look.get(SHOW_MILLIS, TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Refusal refusal) {
                throw refusal;
            }
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static void requireSame(Ask ask, ReleaseView now) {
        if (ask.attempt() != now.attempt()
                || !ask.fingerprint().equals(now.digests().fingerprint())) {
            throw Refusal.refused("this button is of attempt " + ask.attempt() + " of " + ask.release()
                    + " and its digests; now it is attempt " + now.attempt() + ", which has a message of its own");
        }
    }

    private void submission(SlackSender sender, JsonNode view) {
        SlackModal.Memo memo = json.readValue(view.path("private_metadata").asString(""), SlackModal.Memo.class);
        String reason = SlackModal.reason(view);
        later(memo.responseUrl(), () -> {
            Ask ask = ask(memo.ask());
            DecisionRequest request =
                    new DecisionRequest(ask.gate(), memo.choice(), reason, ask.fingerprint(), ask.attempt());
            return decisions
                    .decide(people.actor(sender), ask.release(), request)
                    .message();
        });
    }

    private static Ask ask(String value) {
        try {
            return Ask.parse(value);
        } catch (IllegalArgumentException e) {
            throw Refusal.malformed(String.valueOf(e.getMessage()));
        }
    }

    /** False when there is too much to do already; nothing will be done then. */
    private boolean later(String responseUrl, Supplier<String> task) {
        try {
            work.execute(() -> {
                String outcome = outcome(task);
                if (!outcome.isEmpty()) {
                    web.whisper(responseUrl, SlackText.plain(outcome));
                }
            });
            return true;
        } catch (RejectedExecutionException full) {
            LOG.error("what somebody said in Slack is not done: {} wait already", WAITING);
            return false;
        }
    }

    private static String outcome(Supplier<String> task) {
        try {
            return task.get();
        } catch (Refusal refusal) {
            Map<String, Object> more = refusal.document().getProperties();
            Object next = more == null ? null : more.get("next");
            return refusal.getMessage() + (next == null ? "" : "; " + next);
        } catch (RuntimeException failure) {
            LOG.error("what somebody said in Slack failed", failure);
            return Temporal.unanswered(failure)
                    ? "Temporal does not answer; look at the release, then say it again"
                    : "this failed; the starter's log says why. Look at the release, then say it again";
        }
    }

    private static ExecutorService pool(String name, int waiting) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS, THREADS, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(waiting), task -> {
                    Thread thread = new Thread(task, name + "work");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** What was acknowledged is done before the process ends. */
    @Override
    public void destroy() throws InterruptedException {
        work.shutdown();
        if (!work.awaitTermination(GOODBYE_SECONDS, TimeUnit.SECONDS)) {
            LOG.error("what somebody said in Slack may not have been done: the starter stops");
        }
        looks.shutdownNow();
    }
}
