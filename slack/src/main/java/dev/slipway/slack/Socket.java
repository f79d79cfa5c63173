package dev.slipway.slack;

import com.slack.api.Slack;
import com.slack.api.socket_mode.SocketModeClient;
import com.slack.api.socket_mode.impl.SocketModeClientJavaWSImpl;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Socket Mode: Slack sends what people do over a connection that is opened from here. Opened, looked after and opened anew by
 * itself until it is closed. By the library's client, but for its monitor, which ends for good when Slack says no once
 * (docs/decisions/0018).
 */
public final class Socket implements AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final Duration SOON = Duration.ofMillis(250);
    /** Slack counts how often it is asked for an address: the pauses between tries grow. */
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    /** What was open for so long was no failure. */
    private static final Duration STEADY = Duration.ofSeconds(10);
    /** Stands for an address until Slack gives out the first one. */
    private static final String NOWHERE = "wss://slack.invalid/";

    private final SocketModeClient client;
    private final Supplier<String> token;
    private final Ear ear;
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "slack-socket-look");
        thread.setDaemon(true);
        return thread;
    });
    private Duration pause = FIRST_PAUSE;
    private long begun = System.nanoTime() - FIRST_PAUSE.toNanos();
    private URI address = URI.create(NOWHERE);
    private volatile String trouble = "";
    private long turn;

    Socket(Slack slack, Supplier<String> token, Ear ear) {
        this.token = token;
        this.ear = ear;
        try {
            // one thread reads, whatever number is asked for: the ear must not keep it
            this.client = new SocketModeClientJavaWSImpl(slack, "", NOWHERE, 1, new Inbox(), true, false, 0);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        client.addWebSocketMessageListener(text -> ear.hear(text, client::sendSocketModeResponse));
        client.addWebSocketCloseListener((code, reason) -> {
            ear.closed();
            look(SOON);
        });
        client.addWebSocketErrorListener(reason -> trouble = String.valueOf(reason.getMessage()));
        look(Duration.ZERO);
    }

    /** Who listens; must not keep the thread that calls it. */
    public interface Ear {
        /**
         * @param message JSON, as Slack sent it
         * @param answer sends something back; fails when the connection is gone meanwhile
         */
        void hear(String message, Consumer<String> answer);

        /** Said when it is open, and was not before. */
        void opened();

        /**
         * Said of each socket that was open, when it is closed, whoever closed it. When Slack wants a new one, the old one is
         * closed while that is being opened: this may come before the new one's first message, or after.
         */
        void closed();

        /**
         * Said when it is found not open, and at each try to open it anew.
         *
         * @param why without the token; empty when nothing is in the way
         */
        void missing(String why);
    }

    /** The next look is then, and not when it was to be. */
    private synchronized void look(Duration after) {
        long mine = ++turn;
        if (!looks.isShutdown()) {
            ScheduledFuture<?> unused = looks.schedule(() -> look(mine), after.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void look(long mine) {
        synchronized (this) {
            if (mine != turn) {
                return;
            }
        }
        look(alive() ? LOOK : opening());
    }

    private boolean alive() {
        if (!client.verifyConnection()) {
            return false;
        }
        if (elapsed().compareTo(STEADY) > 0) {
            pause = FIRST_PAUSE;
        }
        trouble = "";
        ear.opened();
        return true;
    }

    private Duration opening() {
        if (!client.getWssUri().equals(address)) {
            // Slack has asked for a new one, and the library is about it
            began();
        }
        if (elapsed().compareTo(pause) >= 0) {
            open();
            began();
            Duration longer = pause.multipliedBy(2);
            pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
        }
        ear.missing(trouble);
        return SOON;
    }

    private void open() {
        String bearer = "";
        try {
            bearer = token.get();
            client.setAppToken(bearer);
            client.connectToNewEndpoint();
        } catch (IOException | RuntimeException e) {
            String why = String.valueOf(e.getMessage());
            trouble = bearer.isEmpty() ? why : why.replace(bearer, "(the token)");
        }
    }

    private void began() {
        address = client.getWssUri();
        begun = System.nanoTime();
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    @Override
    public void close() throws IOException {
        looks.shutdownNow();
        client.close();
    }
}
