package dev.slipway.activities.announce;

import dev.slipway.model.Fact;
import dev.slipway.workflows.api.Announced;
import dev.slipway.workflows.api.Announcement;
import dev.slipway.workflows.api.Announcer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a Slack channel: one message for the release that is kept up to date, its news in the thread, and a message for each
 * approval that is asked for. Before anything is posted the channel is read for what an earlier try has posted. What Slack
 * refuses for good is an error in the log and no reason to hold the release; everything else is tried again.
 */
public final class SlackAnnouncer implements Announcer {
    private static final Logger LOG = LoggerFactory.getLogger(SlackAnnouncer.class);
    /** Clocks differ. */
    private static final Duration SLACK = Duration.ofMinutes(5);

    private final SlackApi api;

    /** Posts as whoever the API's token belongs to. */
    public SlackAnnouncer(SlackApi api) {
        this.api = api;
    }

    @Override
    public Announced announce(Announcement announcement) {
        try {
            return tell(announcement);
        } catch (SlackRefusal refusal) {
            LOG.error(
                    "{} is not told to channel {}: Slack refuses {}; facts {} to {} are in the records alone",
                    announcement.view().release(),
                    announcement.channel(),
                    refusal.getMessage(),
                    announcement.first(),
                    announcement.first() + announcement.news().size() - 1);
            return announcement.before().orElseGet(() -> new Announced(announcement.channel(), "", Map.of()));
        }
    }

    private Announced tell(Announcement announcement) throws SlackRefusal {
        Optional<Announced> before =
                announcement.before().filter(one -> !one.ts().isEmpty());
        SlackChannel channel =
                new SlackChannel(api, before.map(Announced::channel).orElse(announcement.channel()));
        Posted root = root(announcement, before, channel);
        SlackChannel place = new SlackChannel(api, root.channel());
        List<Posted> thread = place.thread(root.ts()).stream()
                .filter(one -> one.mark().run().equals(announcement.runId()))
                .toList();
        news(announcement, place, root.ts(), thread);
        Map<String, String> earlier = before.filter(one -> one.ts().equals(root.ts()))
                .map(Announced::asks)
                .orElse(Map.of());
        return new Announced(root.channel(), root.ts(), new Asks(announcement, place, root.ts(), thread).tell(earlier));
    }

    /** The release's message: brought up to date, or posted when there is none, or somebody has deleted it. */
    private static Posted root(Announcement announcement, Optional<Announced> before, SlackChannel channel)
            throws SlackRefusal {
        Message message = ReleaseMessage.of(announcement.view());
        Mark mark = Mark.release(announcement.runId());
        Optional<Posted> standing =
                before.map(one -> new Posted(one.channel(), one.ts(), mark)).or(() -> posted(announcement, channel));
        if (standing.isPresent()) {
            try {
                channel.update(standing.get().ts(), message, mark);
                return standing.get();
            } catch (SlackRefusal refusal) {
                if (!refusal.error().equals("message_not_found")) {
                    throw refusal;
                }
            }
        }
        return channel.post(message, mark, "", false);
    }

    private static Optional<Posted> posted(Announcement announcement, SlackChannel channel) {
        Instant started = announcement.view().startedAt();
        Mark mark = Mark.release(announcement.runId());
        return channel.since(started == null ? Instant.EPOCH : started.minus(SLACK)).stream()
                .filter(one -> one.mark().equals(mark))
                .findFirst();
    }

    /** Facts have numbers and are told in order, so the highest one that stands there says what is new. */
    private static void news(Announcement announcement, SlackChannel channel, String root, List<Posted> thread)
            throws SlackRefusal {
        long told = thread.stream()
                .map(Posted::mark)
                .filter(mark -> mark.kind() == Mark.Kind.NEWS)
                .mapToLong(Mark::number)
                .max()
                .orElse(0);
        long last = announcement.first() + announcement.news().size() - 1;
        int skip = (int) Math.max(0, Math.min(announcement.news().size(), told - announcement.first() + 1));
        List<Fact> fresh = announcement.news().subList(skip, announcement.news().size());
        Optional<Message> message = News.of(fresh);
        if (message.isPresent()) {
            channel.post(message.get(), Mark.news(announcement.runId(), last), root, News.loud(fresh));
        }
    }
}
