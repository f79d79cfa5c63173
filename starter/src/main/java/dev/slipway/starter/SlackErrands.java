package dev.slipway.starter;

import dev.slipway.slack.Mrkdwn;
import java.time.Duration;
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
import org.springframework.stereotype.Component;

/** What is done for somebody in Slack, beside the request that brought it: while Slack waits, or after that. */
@Component
@HeardFromSlack
class SlackErrands implements DisposableBean {
    private static final Logger LOG = LoggerFactory.getLogger(SlackErrands.class);
    private static final int THREADS = 8;
    private static final int WAITING = 200;
    private static final int LONGEST = 2000;
    private static final long GOODBYE_SECONDS = 15;

    private final ExecutorService work = pool("slack-");
    private final ExecutorService looks = pool("slack-look-");
    private final SlackWeb web;
    private final Duration patience;

    SlackErrands(SlackWeb web, SlackSettings settings) {
        this.web = web;
        this.patience = settings.answerWithin();
    }

    /**
     * What became of a word.
     *
     * @param words for its sender; empty when there is nothing to say
     */
    record Outcome(boolean done, String words) {}

    /** Empty when it is not there in half of the time that Slack gives; it is not waited for after that. */
    <T> Optional<T> glance(Supplier<T> look) {
        CompletableFuture<T> looking = CompletableFuture.supplyAsync(look, looks);
        try {
            return Optional.of(looking.get(patience.toMillis() / 2, TimeUnit.MILLISECONDS));
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

    /** What became of it, when that is known while Slack waits; whoever sent it is told otherwise, when it is. */
    Optional<Outcome> within(String responseUrl, Supplier<String> task) {
        CompletableFuture<Outcome> errand;
        try {
            errand = CompletableFuture.supplyAsync(() -> outcome(task), work);
        } catch (RejectedExecutionException full) {
            LOG.error("what somebody said in Slack is not done: {} wait already", WAITING);
            return Optional.of(new Outcome(false, "Slipway is busy; nothing was done. Say it again in a minute"));
        }
        try {
            return Optional.of(errand.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            CompletableFuture<Void> unused = errand.thenAccept(late -> tell(responseUrl, late));
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Beside the request that brought it; nothing is done when there is too much to do already. */
    void later(String responseUrl, Supplier<String> task) {
        try {
            work.execute(() -> tell(responseUrl, outcome(task)));
        } catch (RejectedExecutionException full) {
            LOG.error("a click in Slack is not answered: {} wait already", WAITING);
        }
    }

    private void tell(String responseUrl, Outcome outcome) {
        if (!outcome.words().isEmpty() && !responseUrl.isEmpty()) {
            web.whisper(responseUrl, Mrkdwn.cut(Mrkdwn.inline(outcome.words()), LONGEST));
        }
    }

    private static Outcome outcome(Supplier<String> task) {
        try {
            return new Outcome(true, task.get());
        } catch (Refusal refusal) {
            Map<String, Object> more = refusal.document().getProperties();
            Object next = more == null ? null : more.get("next");
            return new Outcome(false, refusal.getMessage() + (next == null ? "" : "; " + next));
        } catch (RuntimeException failure) {
            LOG.error("what somebody said in Slack failed", failure);
            return new Outcome(
                    false,
                    Temporal.unanswered(failure)
                            ? "Temporal does not answer; look at the release, then say it again"
                            : "this failed; the starter's log says why. Look at the release, then say it again");
        }
    }

    private static ExecutorService pool(String name) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS, THREADS, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(WAITING), task -> {
                    Thread thread = new Thread(task, name + "work");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** What somebody waits for is done before the process ends, if it can be. */
    @Override
    public void destroy() throws InterruptedException {
        work.shutdown();
        if (!work.awaitTermination(GOODBYE_SECONDS, TimeUnit.SECONDS)) {
            LOG.error("what somebody said in Slack may not have been done: the starter stops");
        }
        looks.shutdownNow();
    }
}
