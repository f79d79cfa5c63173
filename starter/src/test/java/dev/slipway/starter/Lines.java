package dev.slipway.starter;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What a class writes into the log while this is open, each line with its level. */
final class Lines extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger log;

    Lines(Class<?> of) {
        log = (Logger) LoggerFactory.getLogger(of);
        start();
        log.addAppender(this);
        log.setLevel(Level.INFO);
        log.setAdditive(false);
    }

    @Override
    protected void append(ILoggingEvent line) {
        lines.add(line.getLevel() + " " + line.getFormattedMessage());
    }

    List<String> all() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        log.detachAppender(this);
        log.setLevel(null);
        log.setAdditive(true);
        stop();
    }
}
