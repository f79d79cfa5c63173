package dev.slipway.model.analysis.bench;

import dev.slipway.model.analysis.bench.Threshold.Tool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Every setting of the threshold rules that is tried, each judged on the same counts. */
final class Grid {
    private static final double OBJECTIVE = 0.01;
    private static final int MOST = 20;
    private static final List<Integer> WINDOWS = List.of(5, 10, 30, 60, 120, 300, 600, 1800);

    private final List<Integer> intervals;
    private final List<Threshold> rules = new ArrayList<>();

    /** Also a look at every scrape, which Argo can be set to and Flagger, with its floor of 10 s, cannot. */
    Grid(int scrape) {
        intervals = Stream.of(scrape, 5, 10, 30, 60, 300).distinct().toList();
        for (int every : intervals) {
            for (int window : WINDOWS) {
                for (Tool tool : Tool.values()) {
                    for (int failures = 1; failures <= MOST; failures++) {
                        rules.add(new Threshold(tool, every, window, failures));
                    }
                }
            }
        }
    }

    List<Threshold> rules() {
        return rules;
    }

    /**
     * When each rule ends the release, in seconds; {@link Delays#NEVER} when it does not.
     *
     * @param phase 0 to 1, how far into its interval a rule looks for the first time; 1 is a full interval
     */
    int[] ends(Counts counts, double phase) {
        int[] ends = new int[rules.size()];
        int at = 0;
        for (int every : intervals) {
            for (int window : WINDOWS) {
                int[] looks = badLooks(counts, every, window, Math.max(1, (int) Math.ceil(phase * every)));
                for (int i = 0; i < Tool.values().length * MOST; i++) {
                    int look = looks[i % MOST];
                    ends[at] =
                            look == Delays.NEVER ? look : look + rules.get(at).grace();
                    at++;
                }
            }
        }
        return ends;
    }

    private static int[] badLooks(Counts counts, int every, int window, int first) {
        int[] looks = new int[MOST];
        Arrays.fill(looks, Delays.NEVER);
        int found = 0;
        for (int now = first; now <= counts.seconds() && found < MOST; now += every) {
            if (counts.share(now, window) > OBJECTIVE) {
                looks[found++] = now;
            }
        }
        return looks;
    }
}
