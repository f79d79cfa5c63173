package dev.slipway.activities.sweep;

import dev.slipway.model.Weight;
import dev.slipway.workflows.api.DeployOrder;
import dev.slipway.workflows.api.Fence;
import dev.slipway.workflows.api.Footprint;
import dev.slipway.workflows.api.Guard;
import dev.slipway.workflows.api.Helm;
import dev.slipway.workflows.api.HelmTarget;
import dev.slipway.workflows.api.Pods;
import dev.slipway.workflows.api.ReadinessOrder;
import dev.slipway.workflows.api.Route;
import dev.slipway.workflows.api.Watch;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInfo;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Stands between Temporal and the adapters: every activity of the current run passes here. */
final class Saboteur {
    private final Supplier<Run> current;

    Saboteur(Supplier<Run> current) {
        this.current = current;
    }

    /** What is registered on the environment's queue. */
    Object[] actions() {
        return new Object[] {port(Helm.class), port(Route.class), port(Fence.class), port(Guard.class), port(Pods.class)
        };
    }

    Object watch() {
        return port(Watch.class);
    }

    private Object port(Class<?> type) {
        return Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> switch (method.getName()) {
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == given[0];
                    case "toString" -> type.getSimpleName();
                    default -> call(type, method, given);
                });
    }

    private Object call(Class<?> type, Method method, Object[] given) throws Throwable {
        ActivityInfo info = Activity.getExecutionContext().getInfo();
        Run run = current.get();
        return run.attempt(info.getActivityType(), info.getActivityId(), info.getAttempt(), of(given), () -> {
            Object port = run.world().port(type);
            return type == Fence.class ? () -> late(port, method, given) : () -> invoke(port, method, given);
        });
    }

    /** A claim is one write, so it is late as a whole. */
    private static @Nullable Object late(Object port, Method method, Object[] given) throws Throwable {
        Attempt.now().write();
        return invoke(port, method, given);
    }

    private static @Nullable Object invoke(Object port, Method method, Object[] given) throws Throwable {
        try {
            return method.invoke(port, given);
        } catch (InvocationTargetException e) {
            throw Objects.requireNonNull(e.getCause());
        }
    }

    private static String of(Object[] given) {
        return Arrays.stream(given)
                .map(Saboteur::word)
                .filter(w -> !w.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private static String word(Object argument) {
        if (argument instanceof HelmTarget target) {
            return target.release();
        }
        if (argument instanceof DeployOrder order) {
            return order.target().release();
        }
        if (argument instanceof ReadinessOrder order) {
            return order.target().release();
        }
        if (argument instanceof Footprint left) {
            return left.releases().stream().map(r -> r.target().release()).collect(Collectors.joining("+"));
        }
        return argument instanceof Weight weight ? weight.toString() : "";
    }
}
