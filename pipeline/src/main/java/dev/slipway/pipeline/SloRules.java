package dev.slipway.pipeline;

import dev.slipway.model.Objective;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether an SLO has one of its three forms. */
final class SloRules {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?");
    private static final Set<String> KNOWN =
            Set.of("bad", "total", "histogram", "gauge", "objective", "below", "above", "onBreach", "in");

    private final Problems problems;
    private final Set<String> environments;

    /** @param environments that the file has a stage for */
    SloRules(Problems problems, Set<String> environments) {
        this.problems = problems;
        this.environments = environments;
    }

    /** The form that an SLO is written in, by its first key. */
    enum Form {
        RATIO("bad", "bad and total", Set.of("bad", "total", "objective", "in"), List.of("total", "objective")),
        LATENCY(
                "histogram",
                "a histogram",
                Set.of("histogram", "below", "objective", "in"),
                List.of("below", "objective")),
        GAUGE("gauge", "a gauge", Set.of("gauge", "below", "above", "onBreach", "in"), List.of());

        private final String head;
        private final String words;
        private final Set<String> keys;
        private final List<String> required;

        Form(String head, String words, Set<String> keys, List<String> required) {
            this.head = head;
            this.words = words;
            this.keys = keys;
            this.required = required;
        }

        static List<Form> in(Part slo) {
            return List.of(values()).stream().filter(form -> slo.has(form.head)).toList();
        }
    }

    void check(Part slo, String name) {
        if (!NAME.matcher(name).matches()) {
            problems.add(
                    slo.keyAt(),
                    "the SLO " + Wording.quote(name) + " must have a name of lower-case letters, digits and '-'");
        }
        List<Form> forms = Form.in(slo);
        if (forms.isEmpty()) {
            noForm(slo);
        } else if (forms.size() > 1) {
            problems.add(
                    slo.get(forms.get(1).head).keyAt(),
                    slo.label() + " mixes " + forms.get(0).words + " with " + forms.get(1).words,
                    "make it two SLOs");
        } else {
            checkForm(slo, forms.get(0));
        }
        Selector.check(slo.get("bad"), problems);
        Selector.check(slo.get("total"), problems);
        Selector.check(slo.get("gauge"), problems);
        Selector.checkHistogram(slo.get("histogram"), problems);
    }

    private void noForm(Part slo) {
        if (slo.node().isObject() && KNOWN.containsAll(slo.keys())) {
            String missing =
                    slo.has("total") ? "'bad' is missing in " + slo.label() : slo.label() + " measures nothing";
            problems.add(
                    slo.keyAt(),
                    missing,
                    "write { bad, total, objective }, { histogram, below, objective } or { gauge, below or above }");
        }
    }

    private void checkForm(Part slo, Form form) {
        for (String key : slo.keys()) {
            if (KNOWN.contains(key) && !form.keys.contains(key)) {
                foreign(slo.get(key), form);
            }
        }
        for (String key : form.required) {
            if (!slo.has(key)) {
                problems.add(slo.keyAt(), "'" + key + "' is missing in " + slo.label());
            }
        }
        if (form == Form.GAUGE) {
            oneLimit(slo);
        }
        limits(slo, form);
        for (String environment : slo.get("in").keys()) {
            override(slo, form, environment);
        }
    }

    private void foreign(Part key, Form form) {
        problems.add(key.keyAt(), key.label() + " does not belong to an SLO of " + form.words, "remove it");
    }

    private void oneLimit(Part slo) {
        if (slo.has("below") == slo.has("above")) {
            problems.add(
                    slo.has("above") ? slo.get("above").keyAt() : slo.keyAt(),
                    slo.label() + " needs exactly one of 'below' and 'above'");
        }
    }

    private void override(Part slo, Form form, String environment) {
        Part override = slo.get("in").get(environment);
        if (!environments.contains(environment)) {
            problems.add(
                    override.keyAt(),
                    "no stage of this file is in environment " + Wording.quote(environment),
                    Suggestion.among(environments, environment));
        }
        for (String key : override.keys()) {
            boolean sameSide = form != Form.GAUGE
                    || slo.has(key)
                    || !Set.of("below", "above").contains(key);
            if (KNOWN.contains(key) && (!form.keys.contains(key) || !sameSide)) {
                foreign(override.get(key), form);
            }
        }
        limits(override, form);
    }

    private void limits(Part slo, Form form) {
        objective(slo.get("objective"));
        for (Part limit : List.of(slo.get("below"), slo.get("above"))) {
            if (!limit.present() || !problems.noneAt(limit.at())) {
                continue;
            }
            if (form == Form.GAUGE && !limit.node().isNumber()) {
                problems.add(
                        limit.at(), limit.label() + " of a gauge must be a number, not " + Wording.show(limit.node()));
            }
            if (form == Form.LATENCY
                    && Durations.seconds(limit).filter(s -> s > 0).isEmpty()) {
                problems.add(
                        limit.at(),
                        limit.label() + " of a histogram must be a duration such as 2.5s or 250ms, not "
                                + Wording.show(limit.node()),
                        "it must be the bound of a bucket");
            }
        }
    }

    private void objective(Part part) {
        Optional<String> text = part.text().filter(t -> problems.noneAt(part.at()));
        if (text.isPresent() && parse(text.get()).isEmpty()) {
            problems.add(
                    part.at(), "'objective' must be more than 0% and less than 100%, not " + Wording.quote(text.get()));
        }
    }

    static Optional<Objective> parse(String text) {
        try {
            return Optional.of(Objective.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
