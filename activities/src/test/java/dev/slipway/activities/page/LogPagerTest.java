package dev.slipway.activities.page;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.slipway.model.Alert;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.ReleaseId;
import dev.slipway.workflows.api.Delivery;
import dev.slipway.workflows.api.PageOrder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogPagerTest {
    private static final Logger LOG = (Logger) LoggerFactory.getLogger(LogPager.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final LogPager pager = new LogPager();

    @BeforeEach
    void listen() {
        lines.start();
        LOG.addAppender(lines);
        LOG.setLevel(Level.INFO);
        LOG.setAdditive(false);
    }

    @AfterEach
    void quiet() {
        LOG.detachAppender(lines);
        LOG.setLevel(null);
        LOG.setAdditive(true);
    }

    @Test
    void aPageIsOneErrorLineWithItsFactsHoweverOftenItIsCalledFor() {
        pager.trigger(stuck("STABLE is not back"));
        pager.trigger(stuck("STABLE is not back"));

        ILoggingEvent line = assertThat(lines.list).singleElement().actual();
        assertThat(line.getLevel()).isEqualTo(Level.ERROR);
        assertThat(line.getFormattedMessage()).isEqualTo("page opens: page:podinfo@2.0.0:stuck STABLE is not back");
        assertThat(line.getKeyValuePairs())
                .extracting(pair -> pair.key + "=" + pair.value)
                .containsExactly(
                        "page=page:podinfo@2.0.0:stuck",
                        "alert=SlipwayStuck",
                        "release=podinfo@2.0.0",
                        "environment=production",
                        "runbook=docs/runbooks/SlipwayStuck.md");
    }

    @Test
    void aPageThatOpensAgainAfterItsEndIsToldAgain() {
        pager.trigger(stuck("first"));
        pager.resolve(stuck("first"), Delivery.accepted(""), "the undo is tried again");
        pager.trigger(stuck("second"));

        assertThat(lines.list)
                .extracting(ILoggingEvent::getLevel)
                .containsExactly(Level.ERROR, Level.INFO, Level.ERROR);
    }

    @Test
    void aSummaryCannotForgeALine() {
        pager.trigger(stuck("broken\n2026-01-01 INFO all is well\r\n"));

        assertThat(lines.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .isEqualTo("page opens: page:podinfo@2.0.0:stuck broken 2026-01-01 INFO all is well");
    }

    private static PageOrder stuck(String summary) {
        return new PageOrder(
                ReleaseId.parse("podinfo@2.0.0"), new EnvironmentName("production"), Alert.SlipwayStuck, summary);
    }
}
