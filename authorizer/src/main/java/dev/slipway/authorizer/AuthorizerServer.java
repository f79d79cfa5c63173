package dev.slipway.authorizer;

import io.grpc.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** The server in front of Temporal, for as long as the process lives. At its end it lets the polls on it run out, so that no task is lost on its way. */
final class AuthorizerServer implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(AuthorizerServer.class);
    /** A little more than the longest poll of Temporal's SDKs. */
    private static final int DRAIN_SECONDS = 75;

    private final Server server;
    private volatile boolean started;

    /** @param server not started yet */
    AuthorizerServer(Server server) {
        this.server = server;
    }

    int port() {
        return server.getPort();
    }

    @Override
    public void start() {
        try {
            server.start();
            started = true;
            LOG.info("listens at {}", server.getListenSockets());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen: " + e.getMessage(), e);
        }
    }

    @Override
    public void stop() {
        server.shutdown();
        try {
            if (!server.awaitTermination(DRAIN_SECONDS, TimeUnit.SECONDS)) {
                server.shutdownNow();
            }
        } catch (InterruptedException e) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** At once: what is open is given up. */
    void halt() {
        server.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return started && !server.isShutdown();
    }
}
