package dev.slipway.starter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Says which process this is from the moment it listens; left behind by a kill, when it names nobody. */
@Component
class PidFile implements DisposableBean {
    private final StarterSettings settings;

    PidFile(StarterSettings settings) {
        this.settings = settings;
    }

    @EventListener(ApplicationReadyEvent.class)
    void write() {
        settings.pidFile().ifPresent(file -> {
            try {
                Files.createDirectories(file.toAbsolutePath().getParent());
                Files.writeString(file, ProcessHandle.current().pid() + "\n");
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write the pid file " + file, e);
            }
        });
    }

    @Override
    public void destroy() throws IOException {
        Path file = settings.pidFile().orElse(null);
        if (file != null) {
            Files.deleteIfExists(file);
        }
    }
}
