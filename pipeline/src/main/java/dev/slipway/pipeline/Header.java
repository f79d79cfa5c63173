package dev.slipway.pipeline;

import dev.slipway.model.ImagePlan;
import dev.slipway.model.Owner;
import dev.slipway.model.Risk;
import dev.slipway.model.ServiceName;
import dev.slipway.model.TrafficPlan;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a file says about the service itself: name, owner, artifacts, Helm release, route. */
final class Header {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern SUBDOMAIN = Pattern.compile("[a-z0-9]([-a-z0-9.]*[a-z0-9])?");
    /** Helm's limit of 53 less {@code -canary}. */
    private static final int LONGEST_RELEASE = 46;

    private static final int LONGEST_ROUTE = 253;
    private static final String PLACEHOLDER = "{service}";

    private final Part file;
    private final Problems problems;

    Header(Part file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    Optional<ServiceName> service() {
        try {
            return file.text("service").map(ServiceName::new);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    Owner owner() {
        Part owner = file.get("owner");
        return new Owner(
                owner.text("team").orElse(""),
                owner.text("slack").orElse(""),
                owner.text("pagerduty").orElse(""));
    }

    FilePath chart() {
        return new PathRules(problems).chart(file.get("artifacts").get("chart"));
    }

    ImagePlan image() {
        Part image = file.get("artifacts").get("image");
        Part repository = image.get("repository");
        String text = repository.text().orElse("");
        if (!text.isEmpty() && problems.noneAt(repository.at())) {
            ImageReference.wrong(text)
                    .ifPresent(wrong ->
                            problems.add(repository.at(), "'repository' " + wrong + ", not " + Wording.quote(text)));
        }
        return new ImagePlan(text, image.text("values").orElse("image"));
    }

    String helmRelease() {
        Part release = file.get("helm").get("release");
        String name = filledIn(release);
        if (invalid(name, LABEL, LONGEST_RELEASE)) {
            wrongName(
                    release,
                    name,
                    "a Helm release name of lower-case letters, digits and '-', at most " + LONGEST_RELEASE
                            + " characters because its canary is '<release>-canary'");
        }
        return name;
    }

    Risk risk() {
        Part risk = file.get("risk");
        return new Risk(
                probability(risk, "alpha", Risk.OF_A_RELEASE.alpha()),
                probability(risk, "beta", Risk.OF_A_RELEASE.beta()));
    }

    /** The usual one instead of what the schema refuses. */
    private static double probability(Part risk, String key, double usual) {
        double written = risk.decimal(key, usual);
        return written > 0 && written < 1 ? written : usual;
    }

    boolean undoHooks() {
        return file.get("helm").flag("undoHooks");
    }

    Optional<TrafficPlan> traffic() {
        Part traffic = file.get("traffic");
        if (!traffic.present()) {
            return Optional.empty();
        }
        Part kind = traffic.get("kind");
        kind.text()
                .filter(text -> !text.equals("HTTPRoute"))
                .ifPresent(text -> problems.add(
                        kind.at(),
                        "traffic kind " + Wording.quote(text) + " is not supported yet",
                        "use kind: HTTPRoute (Gateway API)"));
        String name = filledIn(traffic.get("name"));
        if (invalid(name, SUBDOMAIN, LONGEST_ROUTE)) {
            wrongName(traffic.get("name"), name, "the name of an HTTPRoute");
        }
        return Optional.of(new TrafficPlan(name));
    }

    Duration drain() {
        return new Durations(problems).zeroOrMore(file.get("traffic").get("drain"), Duration.ofMinutes(1));
    }

    private String filledIn(Part template) {
        return template.text()
                .orElse(PLACEHOLDER)
                .replace(PLACEHOLDER, file.text("service").orElse("service"));
    }

    private static boolean invalid(String name, Pattern form, int longest) {
        return name.length() > longest || !form.matcher(name).matches();
    }

    /** Blames the service when the name is only its name: the schema has checked its letters. */
    private void wrongName(Part template, String name, String expected) {
        if (template.present()) {
            problems.add(template.at(), template.label() + " must be " + expected + ", not " + Wording.quote(name));
        } else if (service().isPresent()) {
            problems.add(
                    file.get("service").at(),
                    "'service' is also the Helm release and must be " + expected + ", not " + Wording.quote(name),
                    "or give it another name with helm: { release: ... }");
        }
    }
}
