package dev.slipway.cli;

import dev.slipway.model.ReleaseId;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A release as it changes. Listens to the server's event stream, opens it again when it is cut, asks every two seconds
 * when the server has no stream, and always begins by reading the release itself.
 */
final class ReleaseFeed implements AutoCloseable {
    private final Server server;
    private final ReleaseId id;
    private final Pace pace;
    private final BlockingQueue<News> news = new LinkedBlockingQueue<>();
    private final Thread reader;
    private volatile boolean closed;
    private volatile @Nullable InputStream open;
    private volatile long heardAt;

    ReleaseFeed(Server server, ReleaseId id, Pace pace) {
        this.server = server;
        this.id = id;
        this.pace = pace;
        this.reader = new Thread(this::read, "slipway-feed");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * How patiently to ask.
     *
     * @param poll between two questions when there is no event stream
     * @param retry after a cut
     * @param quiet a stream that says nothing for so long, not even a keep-alive, is opened anew
     */
    record Pace(Duration poll, Duration retry, Duration quiet) {
        static final Pace USUAL = new Pace(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofMinutes(1));
    }

    /** Something that the feed learned. */
    sealed interface News {
        /** The release, which may be the same as before. */
        record Seen(Snapshot snapshot) implements News {}

        /** The server does not answer; the feed keeps asking. */
        record Silence(String why) implements News {}

        /** There is no use in asking again. */
        record Over(Failure failure) implements News {}
    }

    /** The next news, or empty when there was none within the time. */
    Optional<News> next(Duration within) {
        if (open != null && System.nanoTime() - heardAt > pace.quiet().toNanos()) {
            heardAt = System.nanoTime();
            hangUp();
        }
        try {
            return Optional.ofNullable(news.poll(Math.max(1, within.toMillis()), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of(new News.Over(new Failure(ExitCode.INTERNAL, "interrupted", "")));
        }
    }

    @Override
    public void close() {
        closed = true;
        hangUp();
        reader.interrupt();
    }

    /** Ends the stream under the reader; JDK 17's stream takes no notice of an interrupt. */
    private void hangUp() {
        InputStream stream = open;
        if (stream != null) {
            try {
                stream.close();
            } catch (IOException e) {
                // then it has ended already
            }
        }
    }

    private void read() {
        while (!closed) {
            try {
                boolean streamed = round();
                Thread.sleep((streamed ? pace.retry() : pace.poll()).toMillis());
            } catch (InterruptedException e) {
                // closed: the condition of the loop tells
            } catch (Failure e) {
                news.add(new News.Over(e));
                return;
            } catch (RuntimeException e) {
                news.add(new News.Over(new Failure(ExitCode.INTERNAL, "following stopped: " + e, "")));
                return;
            }
        }
    }

    /** Reads the release and listens as long as the server speaks; false when there was no stream. */
    private boolean round() throws InterruptedException {
        try {
            tell(server.release(id));
            return listen();
        } catch (Failure e) {
            if (hopeless(e)) {
                throw e;
            }
            news.add(new News.Silence(String.valueOf(e.getMessage())));
            return false;
        } catch (IOException e) {
            // cut; the next round reads the release and listens again
            return true;
        }
    }

    /** Returns when the stream ends; false when the server has none. */
    private boolean listen() throws IOException, InterruptedException {
        HttpResponse<InputStream> response = server.events(id);
        try (InputStream stream = response.body()) {
            String type = response.headers().firstValue("Content-Type").orElse("");
            if (response.statusCode() != 200 || !type.startsWith("text/event-stream")) {
                return false;
            }
            SseReader events = new SseReader(stream, () -> heardAt = System.nanoTime());
            heardAt = System.nanoTime();
            open = stream;
            for (Optional<SseReader.Event> e = events.next(); e.isPresent() && !closed; e = events.next()) {
                hear(e.get());
            }
            return true;
        } finally {
            open = null;
        }
    }

    private void hear(SseReader.Event event) {
        if (event.name().equals("release")) {
            tell(Json.read(event.data()));
        } else if (event.name().equals("problem")) {
            int status = Json.read(event.data()).path("status").asInt(500);
            throw server.refusal(status, event.data(), server.about(id));
        }
    }

    private void tell(JsonNode document) {
        news.add(new News.Seen(Snapshot.of(document)));
    }

    private static boolean hopeless(Failure failure) {
        return !(failure instanceof Unreachable);
    }
}
