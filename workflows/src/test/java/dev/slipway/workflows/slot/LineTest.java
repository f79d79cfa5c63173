package dev.slipway.workflows.slot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.ReleaseId;
import dev.slipway.model.SlotId;
import dev.slipway.workflows.api.SlotNote;
import dev.slipway.workflows.api.SlotOrder;
import dev.slipway.workflows.api.Ticket;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineTest {
    private static final SlotId SLOT = SlotId.parse("podinfo:production");
    private final Line line = new Line(new SlotOrder(SLOT, List.of()), "run-1");

    @Test
    void whoComesFirstHasTheSlotAndTheOthersHaveTheirPlaces() {
        line.join(ticket("1.0.0"));
        line.join(ticket("2.0.0"));
        line.join(ticket("3.0.0"));

        assertThat(notes())
                .containsExactly(
                        "yours",
                        "1st in line after podinfo@1.0.0",
                        "2nd in line after podinfo@2.0.0; the slot has podinfo@1.0.0");
    }

    @Test
    void joiningTwiceIsJoiningOnce() {
        line.join(ticket("1.0.0"));
        int changes = line.changes();
        line.join(ticket("1.0.0"));

        assertThat(notes()).containsExactly("yours");
        assertThat(line.changes()).isEqualTo(changes);
    }

    @Test
    void leavingTwiceOrWithoutHavingJoinedChangesNothing() {
        line.join(ticket("1.0.0"));
        line.join(ticket("2.0.0"));
        line.leave(ticket("1.0.0"));
        line.leave(ticket("1.0.0"));
        line.leave(ticket("9.0.0"));

        assertThat(notes()).containsExactly("yours");
        assertThat(line.standing().get(0).ticket().release()).hasToString("podinfo@2.0.0");
    }

    @Test
    void aSupersedingOneMakesEverybodyAheadGiveWayAndWaitsForTheHoldersUndo() {
        line.join(ticket("1.0.0"));
        line.join(ticket("2.0.0"));
        line.join(superseding("3.0.0"));
        line.join(ticket("4.0.0"));

        assertThat(notes())
                .containsExactly(
                        "superseded by podinfo@3.0.0",
                        "superseded by podinfo@3.0.0",
                        "1st in line after podinfo@1.0.0, which is superseded by podinfo@3.0.0 and puts back what it did",
                        "2nd in line after podinfo@3.0.0; the slot has podinfo@1.0.0, which is superseded by"
                                + " podinfo@3.0.0 and puts back what it did");
    }

    @Test
    void theFirstSupersedingOneIsTheCause() {
        line.join(ticket("1.0.0"));
        line.join(superseding("2.0.0"));
        line.join(superseding("3.0.0"));

        assertThat(notes())
                .startsWith(
                        "superseded by podinfo@2.0.0",
                        "superseded by podinfo@3.0.0",
                        "1st in line after "
                                + "podinfo@1.0.0, which is superseded by podinfo@2.0.0 and puts back what it did");
    }

    @Test
    void whoGivesWayIsNotGivenTheSlotBeforeItHasLeft() {
        line.join(ticket("1.0.0"));
        line.join(ticket("2.0.0"));
        line.join(superseding("3.0.0"));
        line.leave(ticket("1.0.0"));

        assertThat(notes()).startsWith("superseded by podinfo@3.0.0");
        line.leave(ticket("2.0.0"));
        assertThat(notes()).containsExactly("yours");
    }

    @Test
    void aQueuedOneMayAskAgainSuperseding() {
        line.join(ticket("1.0.0"));
        line.join(ticket("2.0.0"));
        line.join(superseding("2.0.0"));

        assertThat(notes())
                .containsExactly(
                        "superseded by podinfo@2.0.0",
                        "1st in line after podinfo@1.0.0, which is superseded by podinfo@2.0.0 and puts back what it did");
    }

    @Test
    void aStuckHolderIsShownToThoseWhoWait() {
        line.join(ticket("1.0.0"));
        line.join(superseding("2.0.0"));
        line.stuck(ticket("1.0.0"), "STABLE is not back; next: slipway retry-undo podinfo@1.0.0");

        assertThat(notes().get(1))
                .isEqualTo("1st in line after podinfo@1.0.0, which is STUCK and gives way to nobody: "
                        + "STABLE is not back; next: slipway retry-undo podinfo@1.0.0");
        line.stuck(ticket("1.0.0"), "");
        assertThat(notes().get(1)).doesNotContain("STUCK");
    }

    @Test
    void countsAsPeopleDo() {
        for (int i = 0; i < 25; i++) {
            line.join(ticket("1.0." + i));
        }

        assertThat(notes().get(3)).startsWith("3rd in line");
        assertThat(notes().get(4)).startsWith("4th in line");
        assertThat(notes().get(11)).startsWith("11th in line");
        assertThat(notes().get(21)).startsWith("21st in line");
        assertThat(notes().get(22)).startsWith("22nd in line");
    }

    @Test
    void isTheSameInItsNextRun() {
        line.join(ticket("1.0.0"));
        line.join(ticket("2.0.0"));
        line.join(superseding("3.0.0"));
        line.stuck(ticket("1.0.0"), "why");

        Line next = new Line(line.order(), "run-1");

        assertThat(next.standing()).isEqualTo(line.standing());
        assertThat(next.standing().stream().map(next::note).toList())
                .isEqualTo(line.standing().stream().map(line::note).toList());
    }

    private List<String> notes() {
        return line.standing().stream().map(line::note).map(LineTest::words).toList();
    }

    private static String words(SlotNote note) {
        if (note instanceof SlotNote.Waits waits) {
            return waits.reason();
        }
        return note instanceof SlotNote.Superseded superseded ? "superseded by " + superseded.by() : "yours";
    }

    private static Ticket ticket(String version) {
        return new Ticket(ReleaseId.parse("podinfo@" + version), "run-" + version, false);
    }

    private static Ticket superseding(String version) {
        return new Ticket(ReleaseId.parse("podinfo@" + version), "run-" + version, true);
    }
}
