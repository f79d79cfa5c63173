package dev.slipway.activities.helm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Digest;
import dev.slipway.model.PriorState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The table of states. A history is written oldest first: a status and whose it is ({@code ours3} under epoch 3,
 * {@code undo3} our rollback under it, {@code prior} or {@code theirs}).
 */
class HelmStateTest {
    private static final Digest DIGEST = new Digest("sha256:" + "a".repeat(64));

    @ParameterizedTest(name = "wanted {0} with prior {1}: {2} is {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                // the new version, over what was there
                "DEPLOYED | 1    |                                                              | Foreign",
                "DEPLOYED | 1    | deployed prior                                               | OutOfSync",
                "DEPLOYED | 1    | superseded prior, deployed ours3                             | InSync",
                "DEPLOYED | 1    | superseded prior, deployed ours2                             | OutOfSync",
                "DEPLOYED | 1    | superseded prior, superseded ours2, deployed undo3           | OutOfSync",
                "DEPLOYED | 1    | superseded prior, deployed theirs                            | Foreign",
                "DEPLOYED | 1    | superseded prior, superseded ours2, deployed prior           | OutOfSync",
                "DEPLOYED | 1    | deployed prior, failed ours3                                 | Failed",
                "DEPLOYED | 1    | deployed prior, failed theirs                                | Failed",
                "DEPLOYED | 1    | superseded prior, deployed theirs, failed ours3              | Foreign",
                "DEPLOYED | 1    | failed ours3                                                 | Foreign",
                "DEPLOYED | 1    | deployed prior, pending-upgrade ours3                        | Locked",
                "DEPLOYED | 1    | deployed prior, pending-upgrade theirs                       | Locked",
                "DEPLOYED | 1    | deployed prior, pending-rollback undo2                       | Locked",
                "DEPLOYED | 1    | superseded prior, uninstalling ours2                         | Locked",
                // the new version, where nothing was
                "DEPLOYED | none |                                                              | Absent",
                "DEPLOYED | none | failed ours3                                                 | Failed",
                "DEPLOYED | none | failed theirs                                                | Failed",
                "DEPLOYED | none | pending-install ours3                                        | Locked",
                "DEPLOYED | none | deployed theirs                                              | Foreign",
                "DEPLOYED | none | deployed ours3                                               | InSync",
                // back to the prior revision
                "PRIOR    | 1    |                                                              | Foreign",
                "PRIOR    | 1    | deployed prior                                               | InSync",
                "PRIOR    | 1    | deployed prior, failed theirs                                | InSync",
                "PRIOR    | 1    | deployed prior, failed ours2                                 | Failed",
                "PRIOR    | 1    | deployed prior, failed theirs, failed ours2                  | Failed",
                "PRIOR    | 1    | deployed prior, failed ours2, failed theirs                  | Foreign",
                "PRIOR    | 1    | superseded prior, deployed ours2                             | OutOfSync",
                "PRIOR    | 1    | superseded prior, superseded ours2, deployed undo-prior3     | InSync",
                "PRIOR    | 1    | superseded prior, superseded ours2, deployed theirs          | Foreign",
                "PRIOR    | 1    | deployed prior, pending-upgrade ours2                        | Locked",
                "PRIOR    | 1    | superseded prior, deployed ours2, pending-rollback theirs    | Locked",
                // back to nothing
                "ABSENT   | none |                                                              | Absent",
                "ABSENT   | none | deployed ours2                                               | OutOfSync",
                "ABSENT   | none | failed ours2                                                 | Failed",
                "ABSENT   | none | failed theirs                                                | Failed",
                "ABSENT   | none | pending-install ours2                                        | Locked",
                "ABSENT   | none | deployed theirs                                              | Foreign",
                "ABSENT   | none | failed ours2, failed theirs                                  | Foreign",
                "ABSENT   | none | superseded ours2, deployed theirs                            | Foreign",
                // a canary that is not needed any more
                "ABSENT   | 1    | superseded prior, deployed ours2                             | OutOfSync",
                "ABSENT   | 1    | deployed prior                                               | Foreign",
                "ABSENT   | 1    |                                                              | Absent",
            })
    void aReleaseIsInExactlyOneState(Goal.Kind wanted, String prior, String history, String state) {
        Goal goal = new Goal(
                wanted, prior.equals("none") ? Optional.empty() : Optional.of(prior(Integer.parseInt(prior))), 3);
        assertThat(HelmState.of(sight(history == null ? "" : history), goal)
                        .getClass()
                        .getSimpleName())
                .isEqualTo(state);
    }

    private static Sight sight(String text) {
        List<Owned> all = new ArrayList<>();
        for (String entry : text.isEmpty() ? new String[0] : text.split(", ")) {
            all.add(owned(all.size() + 1, entry.split(" ")));
        }
        History history = new History(all.stream().map(Owned::revision).toList());
        int from = history.deployed().map(Revision::revision).orElse(1);
        return new Sight(history, all.subList(Math.min(from - 1, all.size()), all.size()));
    }

    private static Owned owned(int number, String[] words) {
        Revision revision = new Revision(number, Instant.EPOCH, words[0], "c-1", "1", "");
        String whose = words[1];
        boolean ours = whose.startsWith("ours") || whose.startsWith("undo");
        Optional<Mark> mark = ours
                ? Optional.of(new Mark(
                        "",
                        "run",
                        Long.parseLong(whose.replaceAll("\\D", "")),
                        "1",
                        "w",
                        whose.startsWith("undo") ? OptionalInt.of(1) : OptionalInt.empty()))
                : Optional.empty();
        return new Owned(revision, mark, whose.contains("prior"));
    }

    private static PriorState.HelmRevision prior(int revision) {
        return new PriorState.HelmRevision(revision, "c-1", "1", DIGEST, List.of());
    }
}
