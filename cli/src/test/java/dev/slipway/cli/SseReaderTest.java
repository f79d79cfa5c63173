package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SseReaderTest {
    private final AtomicInteger heard = new AtomicInteger();

    @Test
    void readsEventsAndHearsKeepAlives() throws IOException {
        SseReader reader =
                reader(": hello\n\nevent: release\nid: 7\ndata: {\"a\":\ndata:1}\n\n: keep-alive\n\ndata: x\r\n\r\n");

        assertThat(reader.next()).contains(new SseReader.Event("release", "{\"a\":\n1}", "7"));
        assertThat(reader.next()).contains(new SseReader.Event("message", "x", ""));
        assertThat(reader.next()).isEmpty();
        assertThat(heard).hasValueGreaterThan(8);
    }

    @Test
    void dropsAnEventThatIsCutOff() throws IOException {
        assertThat(reader("event: release\ndata: {\"phase\":\"DONE\"}").next()).isEqualTo(Optional.empty());
    }

    private SseReader reader(String stream) {
        return new SseReader(new ByteArrayInputStream(stream.getBytes(StandardCharsets.UTF_8)), heard::incrementAndGet);
    }
}
