package dev.slipway.activities.announce;

import dev.slipway.model.Fact;
import dev.slipway.slack.Mrkdwn;
import dev.slipway.workflows.api.Announced;
import dev.slipway.workflows.api.Announcement;
import dev.slipway.workflows.api.Announcer;
import dev.slipway.workflows.api.Question;
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
 * refuses for good is no reason to hold the release: it goes to the fallback channel if there is one, and with the next news its
 * own channel is tried again, with what is still asked. Everything else is tried again.
 */
public final class SlackAnnouncer implements Announcer {
    private static final Logger LOG = LoggerFactory.getLogger(SlackAnnouncer.class);
    /** Clocks differ. */
    private static final Duration SLACK = Duration.ofMinutes(5);

    private final SlackApi api;
    private final Optional<String> fallback;

    /** Posts as whoever the API's token belongs to; what Slack refuses is in the log alone. */
    public SlackAnnouncer(SlackApi api) {
        this(api, Optional.empty());
    }

    /**
     * @param fallback id of the channel that is told what a release's own does not take
     */
    public SlackAnnouncer(SlackApi api, Optional<String> fallback) {
        this.api = api;
        this.fallback = fallback;
    }

    @Override
    public Announced announce(Announcement announcement) {
        Announced before = announcement.before().orElseGet(() -> new Announced(announcement.channel(), "", Map.of()));
        Map<String, Question> asked = Questions.after(before.questions(), announcement);
        try {
            Announced now = tell(announcement, new SlackChannel(api, before.channel()), before, asked);
            before.elsewhere().ifPresent(other -> leave(announcement, other));
            return now;
        } catch (SlackRefusal refusal) {
            Optional<Announced> elsewhere = fallback.filter(id -> !id.equals(before.channel()))
                    .map(id -> elsewhere(announcement, id, before, asked, refusal))
                    .orElseGet(() -> lost(announcement, before.channel(), before.elsewhere(), refusal));
            return new Announced(before.channel(), before.ts(), before.asks(), asked, elsewhere);
        }
    }

    /** In the fallback; where it stands there, if it does. */
    private Optional<Announced> elsewhere(
            Announcement announcement, String id, Announced before, Map<String, Question> asked, SlackRefusal refusal) {
        LOG.warn(
                "{} is told to channel {} in place of {}: Slack refuses {}",
                announcement.view().release(),
                id,
                before.channel(),
                refusal.getMessage());
        String note = "⚠ This belongs into " + link(before.channel()) + ", which Slack does not let us tell: "
                + Mrkdwn.code(String.valueOf(refusal.getMessage())) + ". What is decided here counts all the same.";
        Announced there = before.elsewhere().orElseGet(() -> new Announced(id, "", Map.of()));
        try {
            return Optional.of(tell(announcement, new SlackChannel(api, there.channel(), note), there, asked));
        } catch (SlackRefusal again) {
            return lost(announcement, id, before.elsewhere(), again);
        }
    }

    private static Optional<Announced> lost(
            Announcement announcement, String channel, Optional<Announced> elsewhere, SlackRefusal refusal) {
        LOG.error(
                "{} is not told to channel {}: Slack refuses {}; facts {} to {} are in the records alone",
                announcement.view().release(),
                channel,
                refusal.getMessage(),
                announcement.first(),
                announcement.first() + announcement.news().size() - 1);
        return elsewhere;
    }

    /** Its own channel takes it again: in the fallback there is nothing to decide any more. */
    private void leave(Announcement announcement, Announced elsewhere) {
        String why = "it is told to its own channel again";
        SlackChannel place = new SlackChannel(
                api, elsewhere.channel(), "◼ From here on in " + link(announcement.channel()) + ": " + why + ".");
        try {
            List<Posted> thread = thread(announcement, place, elsewhere.ts());
            new Asks(announcement, place, elsewhere.ts(), thread, elsewhere.questions())
                    .takeBack(elsewhere.asks(), why);
            place.update(elsewhere.ts(), ReleaseMessage.of(announcement.view()), Mark.release(announcement.runId()));
        } catch (SlackRefusal refusal) {
            LOG.warn(
                    "what stands of {} in channel {} stays as it is: Slack refuses {}",
                    announcement.view().release(),
                    elsewhere.channel(),
                    refusal.getMessage());
        }
    }

    private static String link(String channel) {
        return channel.matches("[A-Z0-9]+") ? "<#" + channel + ">" : Mrkdwn.code(channel);
    }

    private static Announced tell(
            Announcement announcement, SlackChannel channel, Announced standing, Map<String, Question> asked)
            throws SlackRefusal {
        Optional<Announced> before =
                Optional.of(standing).filter(one -> !one.ts().isEmpty());
        Posted root = root(announcement, before, channel);
        SlackChannel place = channel.called(root.channel());
        List<Posted> thread = thread(announcement, place, root.ts());
        news(announcement, place, root.ts(), thread);
        Map<String, String> earlier = before.filter(one -> one.ts().equals(root.ts()))
                .map(Announced::asks)
                .orElse(Map.of());
        Map<String, String> asks = new Asks(announcement, place, root.ts(), thread, asked).tell(earlier);
        return new Announced(root.channel(), root.ts(), asks, asked, Optional.empty());
    }

    private static List<Posted> thread(Announcement announcement, SlackChannel place, String root) {
        return place.thread(root).stream()
                .filter(one -> one.mark().run().equals(announcement.runId()))
                .toList();
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
