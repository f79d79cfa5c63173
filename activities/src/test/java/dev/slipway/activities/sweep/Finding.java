package dev.slipway.activities.sweep;

import dev.slipway.model.Outcome;
import dev.slipway.model.Resource;
import dev.slipway.model.UndoView;
import dev.slipway.workflows.api.ReleaseResult;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one run has shown. */
final class Finding {
    private static final Set<String> SETTLED = Set.of("RESTORED", "ALREADY_THERE", "NOT_OURS");

    private final Story story;
    private final @Nullable Cut cut;
    private final @Nullable Fault fault;
    private final Witness witness;
    private String end = "";

    Finding(Story story, @Nullable Cut cut, @Nullable Fault fault, Witness witness) {
        this.story = story;
        this.cut = cut;
        this.fault = fault;
        this.witness = witness;
    }

    /** The stage waits for a person, who was called; whether it should. */
    boolean stuck(Run run) {
        end = "STUCK with a page, then ";
        boolean allowed = fault == Fault.FAILS_FOR_GOOD;
        witness.holds(Invariant.SAME_END, allowed, "stuck: " + run.world().words());
        return allowed;
    }

    /** The release has closed. */
    void ended(Run run, ReleaseResult result, String image) {
        World world = run.world();
        Outcome outcome = result.outcome();
        end += outcome.word();
        String there = outcome.word() + " (" + outcome.reason() + "), and there is " + world.words();
        boolean asSaid = outcome instanceof Outcome.Promoted ? world.allNew(image) : world.allOld();
        witness.holds(Invariant.END, asSaid, there);
        boolean same = fault == Fault.FAILS_FOR_GOOD || outcome.word().equals(story.outcome());
        witness.holds(Invariant.SAME_END, same, there);
        boolean orphan =
                fault == Fault.FAILS_FOR_GOOD && cut != null && cut.activity().equals("Fence_Release");
        witness.holds(Invariant.CLAIM, orphan || world.claim().isEmpty(), there);
        witness.holds(Invariant.NO_CANARY, !world.canaryIsThere(), there);
        witness.holds(Invariant.NO_SECOND_UPGRADE, world.repeats() == 0, there);
        List<UndoView> ledger = result.view().stages().get(0).undo();
        boolean accounted = ledger.stream().allMatch(entry -> SETTLED.contains(entry.state()));
        boolean complete = outcome instanceof Outcome.Promoted
                || ledger.stream().map(UndoView::resource).toList().containsAll(touched(run));
        witness.holds(Invariant.LEDGER, accounted && complete, "the ledger is " + ledger + ", " + there);
    }

    private static List<Resource> touched(Run run) {
        return run.world().touched();
    }

    /** It does not end, or not as a release ends. */
    void noEnd(Run run, String why) {
        end += "NO END";
        witness.holds(
                Invariant.END,
                !end.equals("NO END"),
                why + ", and there is " + run.world().words());
    }

    boolean holds() {
        return witness.broken().isEmpty();
    }

    /** For the matrix. */
    Map<String, Object> row() {
        Map<String, Boolean> invariants = new LinkedHashMap<>();
        EnumMap<Invariant, String> broken = new EnumMap<>(Invariant.class);
        broken.putAll(witness.broken());
        for (Invariant each : Invariant.values()) {
            invariants.put(each.toString(), !broken.containsKey(each));
        }
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("cut", story + " " + cut);
        row.put("fault", String.valueOf(fault));
        row.put("invariants", invariants);
        row.put("end", end);
        return row;
    }

    @Override
    public String toString() {
        return story + " / " + cut + " / " + fault + " -> " + end + ": " + witness.broken();
    }
}
