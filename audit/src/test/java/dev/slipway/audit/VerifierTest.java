package dev.slipway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.EnvironmentName;
import dev.slipway.model.Evidence;
import dev.slipway.model.Fact;
import dev.slipway.model.ReleaseId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class VerifierTest {
    private static final JsonMapper PLAIN = JsonMapper.builder().build();
    private static final Instant AT = Instant.parse("2026-11-22T03:04:05.678Z");
    private static final ReleaseId RELEASE = ReleaseId.parse("podinfo@6.9.2");

    @Test
    void aChainThatNobodyTouchedIsWholeToItsHead() throws Misfit {
        List<Entry> entries = chain("run-1");

        List<Chain> chains = verified(lines(entries));

        assertThat(chains)
                .containsExactly(
                        new Chain("run-1", RELEASE, 1, false, 3, entries.get(2).hash(), true));
    }

    @Test
    void aRecoverysChainEndsWithItsStage() throws Misfit {
        Entry requested = recovery(1, Entry.NONE, Fact.Kind.REQUESTED);
        Entry ended = recovery(2, requested.hash(), Fact.Kind.ENDED);

        assertThat(verified(lines(List.of(requested))))
                .containsExactly(new Chain("run-9", RELEASE, 1, true, 1, requested.hash(), false));
        assertThat(verified(lines(List.of(requested, ended))))
                .containsExactly(new Chain("run-9", RELEASE, 1, true, 2, ended.hash(), true));
    }

    private static Entry recovery(long number, String previous, Fact.Kind kind) {
        return Entry.of(
                new Entry.Place("run-9", number, RELEASE, 1, previous),
                new Fact(AT, Optional.of(new EnvironmentName("production")), kind, "it", Map.of(), List.of()));
    }

    @Test
    void chainsOfSeveralRunsMayBeMixed() throws Misfit {
        List<byte[]> mixed = new ArrayList<>();
        List<byte[]> one = lines(chain("run-1"));
        List<byte[]> two = lines(chain("run-2"));
        for (int i = 0; i < one.size(); i++) {
            mixed.add(one.get(i));
            mixed.add(two.get(i));
        }

        assertThat(verified(mixed)).extracting(Chain::facts).containsExactly(3L, 3L);
    }

    @Test
    void anyByteThatIsFlippedInAFactIsFoundAndTheFactIsNamed() {
        List<byte[]> lines = lines(chain("run-1"));
        byte[] second = lines.get(1);

        for (int i = 0; i < second.length; i++) {
            for (int bit : new int[] {1, 2, 0x80}) {
                byte[] flipped = second.clone();
                flipped[i] ^= (byte) bit;
                List<byte[]> changed = List.of(lines.get(0), flipped, lines.get(2));
                assertThatThrownBy(() -> verified(changed))
                        .as("byte %d, now %s", i, new String(flipped, StandardCharsets.UTF_8))
                        .isInstanceOf(Misfit.class)
                        .hasMessageStartingWith("line 2: ");
            }
        }
    }

    @Test
    void aChangedFactIsNamedWithItsNumberAndRelease() {
        List<byte[]> lines = lines(chain("run-1"));
        lines.set(1, replaced(lines.get(1), "approver-1", "approver-2"));

        assertThatThrownBy(() -> verified(lines))
                .hasMessageStartingWith(
                        "line 2: fact 2 of podinfo@6.9.2 attempt 1 (DECIDED at 2026-11-22T03:04:05.678Z) was changed");
    }

    @Test
    void whoChangesAFactAndItsHashIsFoundAtTheNextOne() {
        List<Entry> entries = chain("run-1");
        Entry second = entries.get(1);
        entries.set(
                1, Entry.of(place(entries.get(0), 2), fact(Fact.Kind.DECIDED, "approver-2 approved", "production")));
        assertThat(entries.get(1).hash()).isNotEqualTo(second.hash());

        assertThatThrownBy(() -> verified(lines(entries)))
                .hasMessageStartingWith("line 3: fact 3")
                .hasMessageContaining("does not follow the one before");
    }

    @Test
    void aFactThatIsMissingOrComesTwiceOrIsOutOfOrderIsFound() {
        List<byte[]> lines = lines(chain("run-1"));

        assertThatThrownBy(() -> verified(List.of(lines.get(0), lines.get(2))))
                .hasMessageContaining("fact 2 should stand here");
        assertThatThrownBy(() -> verified(List.of(lines.get(0), lines.get(0))))
                .hasMessageContaining("fact 2 should stand here");
        assertThatThrownBy(() -> verified(List.of(lines.get(1)))).hasMessageContaining("fact 1 should stand here");
    }

    @Test
    void aFieldThatIsAddedIsFound() {
        List<byte[]> lines = lines(chain("run-1"));
        lines.set(0, replaced(lines.get(0), "\"number\":1", "\"number\":1,\"note\":\"fine\""));

        assertThatThrownBy(() -> verified(lines))
                .hasMessageStartingWith("line 1: fact 1")
                .hasMessageContaining("changed");
    }

    @Test
    void theOrderOfFieldsAndTheSpaceBetweenThemDoNotMatter() throws Misfit {
        List<byte[]> sorted = new ArrayList<>();
        for (byte[] line : lines(chain("run-1"))) {
            sorted.add(replaced(Canon.bytes(Canon.read(line)), "\":", "\" : "));
        }

        assertThat(verified(sorted)).hasSize(1);
    }

    /** The figures of this test are what another implementation of docs/records.md must come to. */
    @Test
    void theHashIsThatOfTheCanonicalFormWithoutIt() {
        Entry entry = Entry.of(
                new Entry.Place("run-1", 1, RELEASE, 1, Entry.NONE),
                new Fact(
                        AT,
                        Optional.empty(),
                        Fact.Kind.REQUESTED,
                        "ü \u0001 \u0000 \"\n",
                        Map.of("b", "2", "a", "1"),
                        List.of()));
        String canonical = "{\"at\":\"2026-11-22T03:04:05.678Z\",\"attempt\":1,\"details\":{\"a\":\"1\",\"b\":\"2\"},"
                + "\"environment\":\"\",\"evidence\":[],\"kind\":\"REQUESTED\",\"number\":1,\"previous\":\""
                + "0".repeat(64)
                + "\",\"release\":\"podinfo@6.9.2\",\"run\":\"run-1\",\"what\":\"ü \\u0001 \ufffd \\\"\\n\"}";

        assertThat(entry.hash())
                .isEqualTo(dev.slipway.model.Digests.sha256(canonical.getBytes(StandardCharsets.UTF_8))
                        .value()
                        .substring("sha256:".length()));
    }

    private static List<Chain> verified(List<byte[]> lines) throws Misfit {
        Verifier verifier = new Verifier();
        for (byte[] line : lines) {
            verifier.read(line);
        }
        return verifier.chains();
    }

    private static List<Entry> chain(String run) {
        List<Entry> entries = new ArrayList<>();
        entries.add(Entry.of(
                new Entry.Place(run, 1, RELEASE, 1, Entry.NONE), fact(Fact.Kind.REQUESTED, "requested by ci", "")));
        entries.add(Entry.of(place(entries.get(0), 2), fact(Fact.Kind.DECIDED, "approver-1 approved", "production")));
        entries.add(Entry.of(place(entries.get(1), 3), fact(Fact.Kind.ENDED, "PROMOTED", "")));
        return entries;
    }

    private static Entry.Place place(Entry before, long number) {
        return new Entry.Place(before.run(), number, before.release(), before.attempt(), before.hash());
    }

    private static Fact fact(Fact.Kind kind, String what, String environment) {
        return new Fact(
                AT,
                Optional.of(environment).filter(name -> !name.isEmpty()).map(EnvironmentName::new),
                kind,
                what,
                Map.of("by", "approver-1", "gate", "production/go"),
                List.of(new Evidence("errors", "0.1% of 212 requests bad — fine", "http://prometheus/graph")));
    }

    private static List<byte[]> lines(List<Entry> entries) {
        return new ArrayList<>(entries.stream().map(PLAIN::writeValueAsBytes).toList());
    }

    private static byte[] replaced(byte[] line, String old, String now) {
        String text = new String(line, StandardCharsets.UTF_8);
        assertThat(text).contains(old);
        return text.replace(old, now).getBytes(StandardCharsets.UTF_8);
    }
}
