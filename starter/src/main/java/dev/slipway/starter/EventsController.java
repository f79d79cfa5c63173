package dev.slipway.starter;

import dev.slipway.model.Actor;
import dev.slipway.model.ReleaseId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.async.CallableProcessingInterceptor;
import org.springframework.web.context.request.async.WebAsyncUtils;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;
import tools.jackson.databind.json.JsonMapper;

/** A release as it changes, as server-sent events; a slow reader misses steps in between, never the last one. */
@RestController
class EventsController {
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    private final Views views;
    private final Feeds feeds;
    private final Limits limits;
    private final JsonMapper json;

    EventsController(Views views, Feeds feeds, Limits limits, JsonMapper json) {
        this.limits = limits;
        this.views = views;
        this.feeds = feeds;
        this.json = json;
    }

    @GetMapping(path = "/api/v1/releases/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Requires(Verb.READ)
    ResponseEntity<StreamingResponseBody> events(
            @RequestAttribute(AuthenticationFilter.ACTOR) Actor actor,
            @PathVariable ReleaseId id,
            HttpServletRequest request,
            HttpServletResponse response) {
        views.see(id);
        limits.follow(actor);
        leaveAtTheEnd(actor, request);
        return ResponseEntity.ok()
                .contentType(MediaType.TEXT_EVENT_STREAM)
                .cacheControl(CacheControl.noStore())
                .header("X-Accel-Buffering", "no")
                .body(out -> stream(id, response));
    }

    /** However it ends: also when no thread is left for the stream, so that it never begins. */
    private void leaveAtTheEnd(Actor actor, HttpServletRequest request) {
        WebAsyncUtils.getAsyncManager(request)
                .registerCallableInterceptor(EventsController.class, new CallableProcessingInterceptor() {
                    @Override
                    public <T> void afterCompletion(NativeWebRequest ended, Callable<T> task) {
                        limits.leave(actor);
                    }
                });
    }

    private void stream(ReleaseId id, HttpServletResponse response) {
        Feed feed = feeds.follow(id);
        try {
            write(feed, response);
        } catch (IOException gone) {
            // the reader left
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            feeds.leave(id);
        }
    }

    /** Writes to the response itself: the stream that Spring hands out does not pass a flush on, so news would wait. */
    private void write(Feed feed, HttpServletResponse response) throws IOException, InterruptedException {
        OutputStream out = response.getOutputStream();
        long number = 0;
        while (!feed.closed()) {
            Optional<Feed.News> news = feed.next(number, KEEP_ALIVE);
            out.write(news.map(this::event).orElse(": keep-alive\n\n").getBytes(StandardCharsets.UTF_8));
            response.flushBuffer();
            if (news.isPresent() && news.get().last()) {
                return;
            }
            number = news.map(Feed.News::number).orElse(number);
        }
    }

    private String event(Feed.News news) {
        Refusal problem = news.problem();
        String name = problem == null ? "release" : "problem";
        Object document = problem == null ? news.view() : problem.document();
        return "event: " + name + "\nid: " + news.number() + "\ndata: " + json.writeValueAsString(document) + "\n\n";
    }
}
