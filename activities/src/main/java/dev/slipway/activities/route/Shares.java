package dev.slipway.activities.route;

import dev.slipway.model.Backend;
import dev.slipway.model.BackendWeight;
import dev.slipway.model.Weight;
import dev.slipway.workflows.api.RouteTarget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Backends and their weights, as one thing that can be compared, written down and changed. Their order has no meaning. */
record Shares(List<BackendWeight> list) {
    private static final Pattern ONE = Pattern.compile("(.+):(\\d{1,5})=(\\d{1,7})");
    private static final Comparator<BackendWeight> ORDER = Comparator.comparing(
                    (BackendWeight b) -> b.backend().service())
            .thenComparing(b -> b.backend().port())
            .thenComparing(BackendWeight::weight);

    Shares {
        list = List.copyOf(list);
    }

    /** The text form read back; empty when it is none. */
    static Optional<Shares> parse(String text) {
        List<BackendWeight> list = new ArrayList<>();
        for (String part : text.isEmpty() ? List.<String>of() : Arrays.asList(text.split(","))) {
            Matcher matcher = ONE.matcher(part);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            Backend backend = new Backend(matcher.group(1), Integer.parseInt(matcher.group(2)));
            list.add(new BackendWeight(backend, Integer.parseInt(matcher.group(3))));
        }
        return Optional.of(new Shares(list));
    }

    /** With this share for the canary and the rest for stable, which add up to 100; others stay. */
    Shares shifted(RouteTarget target, Weight canary) {
        return with(target.stable(), canary.stablePercent()).with(target.canary(), canary.percent());
    }

    /** With all traffic on stable and no canary; others stay. */
    Shares detached(RouteTarget target) {
        return new Shares(with(target.stable(), 100).list.stream()
                .filter(b -> !b.backend().equals(target.canary()))
                .toList());
    }

    /** With no traffic on the canary, which stays a backend if it is one. */
    Shares cut(RouteTarget target) {
        return has(target.canary()) ? shifted(target, Weight.NONE) : with(target.stable(), 100);
    }

    /** Whether the backend is one of them. */
    boolean has(Backend backend) {
        return list.stream().anyMatch(b -> b.backend().equals(backend));
    }

    /** Whether the same backends have the same weights. */
    boolean same(Shares other) {
        return sorted().equals(other.sorted());
    }

    private Shares with(Backend backend, int weight) {
        List<BackendWeight> changed = new ArrayList<>();
        for (BackendWeight old : list) {
            changed.add(old.backend().equals(backend) ? new BackendWeight(backend, weight) : old);
        }
        if (!has(backend)) {
            changed.add(new BackendWeight(backend, weight));
        }
        return new Shares(changed);
    }

    private List<BackendWeight> sorted() {
        return list.stream().sorted(ORDER).toList();
    }

    /** {@code podinfo:9898=95,podinfo-canary:9898=5}. */
    @Override
    public String toString() {
        return list.stream().map(b -> b.backend() + "=" + b.weight()).collect(Collectors.joining(","));
    }
}
