package dev.slipway.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.audit.Chain;
import dev.slipway.audit.Entry;
import dev.slipway.audit.Misfit;
import dev.slipway.audit.Verifier;
import dev.slipway.model.Fact;
import dev.slipway.model.Phase;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.ReleaseView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JournalTest {
    private static final String RUN = "run-1";
    private static final ReleaseId RELEASE = ReleaseId.parse("podinfo@6.9.2");
    private static final ReleaseView VIEW = Told.view("podinfo@6.9.2", 1, 0, Phase.RUNNING, null);

    private final Postgres postgres = Postgres.fresh();
    private final Database database = new Database(postgres.owner());
    private final Journal journal = new Journal(database);
    private final Archive archive = new Archive(database);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void keepsFactsInOrderInAChainThatVerifies() throws Exception {
        journal.append(RUN, 1, facts(1, 2), VIEW);
        journal.append(RUN, 3, facts(3, 5), VIEW);

        assertThat(archive.facts(RELEASE)).extracting(Entry::number).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(archive.facts(RELEASE).get(0).details())
                .isEqualTo(facts(1, 1).get(0).details());
        assertThat(archive.facts(RELEASE).get(0).at())
                .isEqualTo(facts(1, 1).get(0).at());
        assertThat(verified()).singleElement().extracting(Chain::facts).isEqualTo(5L);
    }

    @Test
    void aBatchThatComesTwiceIsKeptOnce() throws Exception {
        journal.append(RUN, 1, facts(1, 3), VIEW);
        journal.append(RUN, 1, facts(1, 3), VIEW);

        assertThat(verified()).singleElement().extracting(Chain::facts).isEqualTo(3L);
    }

    @Test
    void aBatchThatOverlapsIsKeptFromWhereItIsNew() throws Exception {
        journal.append(RUN, 1, facts(1, 3), VIEW);
        journal.append(RUN, 2, facts(2, 5), VIEW);

        assertThat(verified()).singleElement().extracting(Chain::facts).isEqualTo(5L);
    }

    @Test
    void aFactThatComesAgainWithOtherContentIsRefusedAndNothingOfItsBatchIsKept() throws Exception {
        journal.append(RUN, 1, facts(1, 3), VIEW);
        List<Fact> other = new ArrayList<>(facts(3, 5));
        other.set(0, Told.fact(3, "", Fact.Kind.JUDGED, "something else"));

        assertThatThrownBy(() -> journal.append(RUN, 3, other, VIEW))
                .isInstanceOf(Contradiction.class)
                .hasMessageContaining("fact 3 of podinfo@6.9.2 attempt 1 is kept as 'fact 3'")
                .hasMessageContaining("'something else'");

        assertThat(verified()).singleElement().extracting(Chain::facts).isEqualTo(3L);
    }

    @Test
    void manyWhoTellTheSameAtOnceAreOne() throws Exception {
        int tellers = 4;
        ExecutorService threads = Executors.newFixedThreadPool(tellers);
        CyclicBarrier together = new CyclicBarrier(tellers);
        journal.append(RUN, 1, facts(1, 1), VIEW);
        try {
            for (int last = 2; last < 25; last++) {
                List<Fact> batch = facts(last - 1, last);
                int first = last - 1;
                List<Future<?>> told = new ArrayList<>();
                for (int teller = 0; teller < tellers; teller++) {
                    told.add(threads.submit(() -> {
                        together.await();
                        journal.append(RUN, first, batch, VIEW);
                        return null;
                    }));
                }
                for (Future<?> one : told) {
                    one.get();
                }
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(verified()).singleElement().extracting(Chain::facts).isEqualTo(24L);
    }

    @Test
    void whatComesAfterAGapIsKeptAndTheVerifierSaysWhatIsMissing() {
        journal.append(RUN, 1, facts(1, 2), VIEW);
        journal.append(RUN, 5, facts(5, 6), VIEW);

        assertThat(archive.facts(RELEASE)).extracting(Entry::number).containsExactly(1L, 2L, 5L, 6L);
        assertThatThrownBy(this::verified).isInstanceOf(Misfit.class).hasMessageContaining("fact 3 should stand here");
        assertThatThrownBy(() -> journal.append(RUN, 3, facts(3, 4), VIEW)).isInstanceOf(Contradiction.class);
    }

    @Test
    void anOlderBatchThatArrivesLateDoesNotTurnTheViewBack() {
        ReleaseView done = Told.view("podinfo@6.9.2", 1, 0, Phase.DONE, "PROMOTED");
        journal.append(RUN, 1, facts(1, 4), done);
        journal.append(RUN, 1, facts(1, 2), VIEW);

        assertThat(archive.latest(RELEASE).orElseThrow().view().phase()).isEqualTo(Phase.DONE);
    }

    @Test
    void whatADatabaseCannotHoldDoesNotStandInTheWay() throws Exception {
        Fact odd = Told.fact(1, "", Fact.Kind.JUDGED, "nul \u0000, half a pair \ud83d, bell \u0007, \ud83d\ude80");

        journal.append(RUN, 1, List.of(odd), VIEW);
        journal.append(RUN, 1, List.of(odd), VIEW);

        assertThat(verified()).hasSize(1);
        assertThat(archive.facts(RELEASE).get(0).what())
                .isEqualTo("nul \ufffd, half a pair \ufffd, bell \u0007, \ud83d\ude80");
    }

    @Test
    void whoChangesTheDatabaseIsFound() {
        journal.append(RUN, 1, facts(1, 3), VIEW);
        postgres.execute("alter table facts disable trigger user");
        postgres.execute("update facts set details = details || '{\"by\": \"approver-2\"}' where number = 2");

        assertThatThrownBy(this::verified)
                .isInstanceOf(Misfit.class)
                .hasMessageStartingWith("line 2: fact 2 of podinfo@6.9.2 attempt 1 (JUDGED");
    }

    @Test
    void notEvenTheOwnerChangesAFactByAccident() {
        journal.append(RUN, 1, facts(1, 1), VIEW);

        for (String sql : List.of("update facts set what = 'x'", "delete from facts", "truncate facts")) {
            assertThatThrownBy(() -> postgres.execute(sql)).as(sql).hasMessageContaining("facts stay as they are");
        }
    }

    @Test
    void aDatabaseThatIsAwayIsSaid() {
        try (Database away =
                new Database(new Access("jdbc:postgresql://127.0.0.1:1/slipway", "postgres", null, true))) {
            assertThatThrownBy(() -> new Journal(away).append(RUN, 1, facts(1, 1), VIEW))
                    .isInstanceOf(Unavailable.class);
        }
    }

    private static List<Fact> facts(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToObj(number -> Told.fact(number, "", Fact.Kind.JUDGED, "fact " + number))
                .toList();
    }

    private List<Chain> verified() throws Misfit {
        Verifier verifier = new Verifier();
        for (Entry entry : archive.facts(RELEASE)) {
            verifier.read(Json.text(entry).getBytes(StandardCharsets.UTF_8));
        }
        return verifier.chains();
    }
}
