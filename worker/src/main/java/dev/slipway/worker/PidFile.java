package dev.slipway.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.beans.factory.DisposableBean;

/** Says which process this is, for as long as it lives; left behind by a kill, when it names nobody. */
class PidFile implements DisposableBean {
    private final Optional<Path> file;

    PidFile(Optional<Path> file) {
        this.file = file;
        file.ifPresent(PidFile::write);
    }

    private static void write(Path file) {
        try {
            if (file.getParent() != null) {
                Files.createDirectories(file.getParent());
            }
            Files.writeString(file, ProcessHandle.current().pid() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the pid file " + file, e);
        }
    }

    @Override
    public void destroy() throws IOException {
        if (file.isPresent()) {
            Files.deleteIfExists(file.get());
        }
    }
}
