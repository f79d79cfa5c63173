package dev.slipway.activities.fence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.Environment;
import dev.slipway.model.EnvironmentName;
import dev.slipway.model.PriorState;
import dev.slipway.model.ReleaseId;
import dev.slipway.model.Resource;
import dev.slipway.workflows.api.Claim;
import dev.slipway.workflows.api.Claimed;
import dev.slipway.workflows.api.Fence;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.undo.Stamp;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every {@link Fence} does, the Lease in a cluster and the fake of the workflow tests. */
abstract class FenceContract {
    static final EnvironmentName DEVELOPMENT = new EnvironmentName("development");

    final String service = "fence-" + UUID.randomUUID().toString().substring(0, 8);

    /** What is tested. */
    abstract Fence fence();

    abstract String namespace();

    @Test
    void aFreeSlotIsTaken() {
        assertThat(fence().claim(claim("run-1", 0))).isEqualTo(new Claimed.Ours(0));
    }

    @Test
    void askingTwiceIsAskingOnce() {
        Claim claim = claim("run-1", 3, Resource.STABLE);
        assertThat(fence().claim(claim)).isEqualTo(new Claimed.Ours(3));
        assertThat(fence().claim(claim)).isEqualTo(new Claimed.Ours(3));
    }

    @Test
    void aSlotIsOfOneStageAtATime() {
        Claim first = claim("run-1", 3, Resource.STABLE);
        fence().claim(first);
        assertThat(fence().claim(claim("run-2", 9))).isEqualTo(new Claimed.Taken(first));
        assertThat(fence().claim(first)).isEqualTo(new Claimed.Ours(3));
    }

    @Test
    void theClaimGrowsWithWhatIsTouched() {
        fence().claim(claim("run-1", 0));
        fence().claim(claim("run-1", 0, Resource.CANARY));
        Claim last = claim("run-1", 4, Resource.CANARY, Resource.STABLE);
        fence().claim(last);
        assertThat(fence().claim(claim("run-2", 0))).isEqualTo(new Claimed.Taken(last));
    }

    @Test
    void aLateRepetitionForgetsNothing() {
        fence().claim(claim("run-1", 0));
        Claim newest = claim("run-1", 4, Resource.CANARY);
        fence().claim(newest);
        assertThat(fence().claim(claim("run-1", 0))).isEqualTo(new Claimed.Ours(4));
        assertThat(fence().claim(claim("run-1", 4))).isEqualTo(new Claimed.Ours(4));
        assertThat(fence().claim(claim("run-2", 0))).isEqualTo(new Claimed.Taken(newest));
    }

    @Test
    void epochsRiseOverAllStagesOfTheSlot() {
        fence().claim(claim("run-1", 7, Resource.STABLE));
        fence().release(stamp("run-1"), stable());
        assertThat(fence().claim(claim("run-2", 0))).isEqualTo(new Claimed.Ours(7));
    }

    @Test
    void givingFreeTwiceIsGivingFreeOnce() {
        fence().release(stamp("run-1"), stable());
        fence().claim(claim("run-1", 0));
        fence().release(stamp("run-1"), stable());
        fence().release(stamp("run-1"), stable());
        assertThat(fence().claim(claim("run-2", 0))).isInstanceOf(Claimed.Ours.class);
    }

    @Test
    void nobodyGivesFreeWhatIsAnothers() {
        Claim first = claim("run-1", 0);
        fence().claim(first);
        fence().release(stamp("run-2"), stable());
        assertThat(fence().claim(claim("run-2", 0))).isEqualTo(new Claimed.Taken(first));
    }

    @Test
    void whatWasGivenFreeIsNotTakenAgainByALateClaim() {
        fence().claim(claim("run-1", 0));
        fence().release(stamp("run-1"), stable());
        assertThatThrownBy(() -> fence().claim(claim("run-1", 0)))
                .isInstanceOfSatisfying(
                        ApplicationFailure.class, f -> assertThat(f.getType()).isEqualTo("FENCED"));
        assertThat(fence().claim(claim("run-2", 0))).isInstanceOf(Claimed.Ours.class);
    }

    Claim claim(String run, long epoch, Resource... touched) {
        Map<Resource, PriorState> ledger = new java.util.EnumMap<>(Resource.class);
        for (Resource resource : touched) {
            ledger.put(resource, new PriorState.Absent());
        }
        Environment environment =
                new Environment(DEVELOPMENT, false, namespace(), Duration.ofMinutes(5), 10, Duration.ofMinutes(10));
        return new Claim(stamp(run), environment, stable(), Optional.empty(), ledger, epoch);
    }

    Stamp stamp(String run) {
        return new Stamp(ReleaseId.parse(service + "@1"), 1, DEVELOPMENT, run);
    }

    HelmTarget stable() {
        return new HelmTarget(DEVELOPMENT, namespace(), service);
    }
}
