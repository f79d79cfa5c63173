package dev.slipway.slack;

import com.slack.api.socket_mode.queue.SocketModeMessageQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What came over a socket and was not looked at yet. The library polls every 10 ms: whoever asks here waits instead. */
final class Inbox implements SocketModeMessageQueue {
    private static final long PATIENCE_SECONDS = 10;

    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();

    @Override
    public void add(String message) {
        messages.add(message);
    }

    @Override
    public @Nullable String poll() {
        try {
            return messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
