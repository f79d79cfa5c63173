package dev.slipway.starter;

import dev.slipway.slack.Socket;
import dev.slipway.slack.WebApi;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/** The connection over which Slack sends what people do, where it cannot reach the starter; and whether it is there. */
@Component
@ConditionalOnProperty("slipway.slack.app-token-file")
class SlackSocket implements SmartLifecycle, Socket.Ear {
    private static final Logger LOG = LoggerFactory.getLogger(SlackSocket.class);
    private static final String NOT_YET = "it was not open yet";

    private final SlackSettings settings;
    private final SlackEnvelopes envelopes;
    private final SlackSockets sockets;
    private final Counter lost;
    /** Why it is not open; empty when it is. One thread writes it, that of the socket's looks. */
    private volatile String missing = NOT_YET;

    private @Nullable Socket socket;

    SlackSocket(SlackSettings settings, SlackEnvelopes envelopes, SlackSockets sockets, MeterRegistry meters) {
        this.settings = settings;
        this.envelopes = envelopes;
        this.sockets = sockets;
        this.lost = Counter.builder("slipway.slack.socket.lost")
                .description("how often the connection to Slack was lost")
                .register(meters);
        Gauge.builder("slipway.slack.socket.open", () -> isOpen() ? 1 : 0)
                .description("1 when Slack can send what people do")
                .register(meters);
    }

    boolean isOpen() {
        return missing.isEmpty();
    }

    /** Why it is not open; empty when it is. */
    String missing() {
        return missing;
    }

    @Override
    public void hear(String message, Consumer<String> answer) {
        envelopes.take(message, answer);
    }

    @Override
    public void opened() {
        boolean before = isOpen();
        missing = "";
        if (!before) {
            LOG.info("the connection to Slack is open: what people do there is heard");
        }
    }

    @Override
    public void closed() {
        sockets.closed();
    }

    /** A line for each reason, and not for each try. */
    @Override
    public void missing(String why) {
        String now = why.isEmpty() ? "it is being opened" : SafeText.line(why);
        String before = missing;
        missing = now;
        if (before.isEmpty()) {
            lost.increment();
            LOG.warn("the connection to Slack is lost ({}): what people do there is not heard until it is back", now);
        } else if (!why.isEmpty() && !before.equals(now)) {
            LOG.warn("the connection to Slack cannot be opened ({}); it is tried again and again", now);
        }
    }

    @Override
    public synchronized void start() {
        socket = new WebApi(settings.apiUrl()).socket(settings::appToken, this);
    }

    @Override
    public synchronized void stop() {
        Socket open = socket;
        socket = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                LOG.warn("the connection to Slack did not close", e);
            }
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return socket != null;
    }
}
