package dev.slipway.model.analysis.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.analysis.sequential.Events;
import dev.slipway.model.analysis.sequential.Scrape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
    @TempDir
    private Path folder;

    @Test
    void countsWhatTheCountersRoseBy() throws IOException {
        assertThat(read("1000,a,healthy,10,1,100,2", "1000,b,healthy,5,0,50,0", "2000,a,healthy,13,2,120,2")
                        .seconds("healthy"))
                .containsExactly(seconds(1, new Events(1, 3), new Events(0, 20)));
    }

    @Test
    void whatWasCountedBetweenTwoPhasesBelongsToNone() throws IOException {
        Recording recording = read("1000,a,healthy,0,0,0,0", "2000,a,bad5,9,9,9,9", "3000,a,bad5,10,9,12,9");

        assertThat(recording.seconds("healthy")).isEmpty();
        assertThat(recording.seconds("bad5")).containsExactly(seconds(1, new Events(0, 1), new Events(0, 3)));
    }

    @Test
    void whatHappenedInSecondsThatAreMissingIsInTheNext() throws IOException {
        assertThat(read("1000,a,healthy,0,0,0,0", "4100,a,healthy,30,0,300,3").seconds("healthy"))
                .containsExactly(
                        Recording.MISSING, Recording.MISSING, seconds(3, new Events(0, 30), new Events(3, 300)));
    }

    @Test
    void aResetIsNoCount() throws IOException {
        assertThat(read("1000,a,healthy,0,0,90,1", "2000,a,healthy,10,0,5,0", "3000,a,healthy,20,0,6,0")
                        .seconds("healthy"))
                .containsExactly(seconds(1, new Events(0, 10), new Events(0, 1)));
    }

    @Test
    void scrapesThatAreLeftOutLoseNoRequests() {
        List<Scrape> all = Collections.nCopies(1_000, seconds(1, new Events(0, 1), new Events(0, 9)));
        Recording recording = new Recording(Map.of("healthy", all, "bad5", all, "bad20", all));
        Supplier<Scrape> day = new Recorded(recording, 5, 0.5).day(1);

        Scrape seen = Scrape.NOTHING;
        int missing = 0;
        Scrape last = Recording.MISSING;
        for (int i = 0; i < 1_000 || last.equals(Recording.MISSING); i++) {
            last = day.get();
            missing += last.equals(Recording.MISSING) ? 1 : 0;
            seen = seen.plus(last);
        }

        assertThat(missing).isBetween(400, 600);
        assertThat(seen.canary().total()).isEqualTo(seen.covers().toSeconds());
        assertThat(seen.canary().total()).isGreaterThanOrEqualTo(5_000);
    }

    private Recording read(String... lines) throws IOException {
        Path file = folder.resolve("counters.csv.gz");
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(
                    ("# a remark\nhead,of,the,columns\n" + String.join("\n", lines)).getBytes(StandardCharsets.UTF_8));
        }
        return Recording.read(file).get("a");
    }

    private static Scrape seconds(int covers, Events canary, Events stable) {
        return new Scrape(Duration.ofSeconds(covers), canary, stable);
    }
}
