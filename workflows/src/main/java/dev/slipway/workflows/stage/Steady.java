package dev.slipway.workflows.stage;

import dev.slipway.model.Alert;
import dev.slipway.workflows.api.FailureType;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.TimeoutFailure;
import io.temporal.workflow.CancellationScope;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Objects;
import java.util.Optional;

/**
 * Activity calls that outlast technical trouble: when no worker takes the call, or the cluster does not answer for longer
 * than the blind budget, the trouble is told and the call is made again, without end. Trouble is never a rollback.
 */
final class Steady {
    private final Trouble trouble;

    /** Who is told. */
    interface Trouble {
        /** The call could not be made; it is made again. */
        void begins(Alert alert, String sentence);

        /** A call came through. */
        void isOver();
    }

    Steady(Trouble trouble) {
        this.trouble = trouble;
    }

    /** The same port, steady. */
    <T> T of(Class<T> port, T stub) {
        Object steady = Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (proxy, method, given) -> {
            while (true) {
                try {
                    Object answer = method.invoke(stub, given);
                    trouble.isOver();
                    return answer;
                } catch (InvocationTargetException e) {
                    again(Objects.requireNonNull(e.getCause()));
                }
            }
        });
        return port.cast(steady);
    }

    private void again(Throwable thrown) throws Throwable {
        Optional<Alert> alert = thrown instanceof ActivityFailure failure ? passing(failure) : Optional.empty();
        if (alert.isEmpty() || CancellationScope.current().isCancelRequested()) {
            throw thrown;
        }
        ActivityFailure failure = (ActivityFailure) thrown;
        String sentence = alert.get() == Alert.SlipwayNoWorker
                ? "no worker takes " + failure.getActivityType() + "; start the environment's worker"
                : Failures.sentence(failure);
        trouble.begins(alert.get(), sentence);
    }

    /** What is no fault of the version: nobody polls, or the other side is away. */
    private static Optional<Alert> passing(ActivityFailure failure) {
        if (failure.getCause() instanceof TimeoutFailure timeout
                && timeout.getTimeoutType() == TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_START) {
            return Optional.of(Alert.SlipwayNoWorker);
        }
        boolean away = Failures.is(failure, FailureType.UNREACHABLE) || Failures.is(failure, FailureType.DRAINING);
        return away ? Optional.of(Alert.SlipwayUnreachable) : Optional.empty();
    }
}
