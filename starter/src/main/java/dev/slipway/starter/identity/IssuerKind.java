package dev.slipway.starter.identity;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What an issuer is: which claims a rule must ask for before it means anybody, and which of them name somebody for good. */
public enum IssuerKind {
    /** GitHub Actions. Names of repositories and owners change hands, their ids do not. */
    GITHUB(
            "{repository_id}",
            Set.of("repository_id", "repository_owner_id", "actor_id", "environment"),
            Set.of("actor_id")) {
        @Override
        Optional<String> needs(RuleSettings rule) {
            Optional<String> ids = ids(rule, "repository_id", "repository_owner_id")
                    .map(why -> why + " (gh api repos/OWNER/NAME --jq '.id, .owner.id'), for whoever takes a name that"
                            + " became free would be let in");
            boolean place = List.of("ref", "environment", "job_workflow_ref").stream()
                    .anyMatch(claim -> rule.bound(claim).isPresent());
            return ids.isPresent() || place
                    ? ids
                    : Optional.of("needs ref, environment or job_workflow_ref in when, for without one of them every"
                            + " branch that somebody pushes would be let in");
        }

        /** Whoever opens a pull request chooses what its workflow does. */
        @Override
        boolean refuses(RuleSettings rule, Claims claims) {
            return rule.bound("event_name").isEmpty()
                    && claims.texts("event_name").stream().anyMatch(event -> event.startsWith("pull_request"));
        }
    },
    /** GitLab CI/CD. */
    GITLAB("{project_id}", Set.of("project_id", "namespace_id", "user_id", "environment"), Set.of("user_id")) {
        @Override
        Optional<String> needs(RuleSettings rule) {
            Optional<String> ids = ids(rule, "project_id")
                    .map(why ->
                            why + " (Settings, General), for whoever takes a path that became free would be let in");
            if (ids.isPresent()) {
                return ids;
            }
            boolean guarded = rule.bound("ref_protected").equals(Optional.of(Set.of("true")))
                    && rule.bound("ref_type").isPresent();
            return guarded
                    ? Optional.empty()
                    : Optional.of("needs ref_protected is \"true\" and ref_type is branch or tag (or both) in when, for"
                            + " without them every branch that somebody pushes would be let in");
        }
    },
    /** A cluster's service accounts. */
    KUBERNETES("{sub}", Set.of("sub"), Set.of()) {
        @Override
        Optional<String> needs(RuleSettings rule) {
            boolean accounts = rule.bound("sub")
                    .filter(subs ->
                            subs.stream().allMatch(sub -> ACCOUNT.matcher(sub).matches()))
                    .isPresent();
            return accounts
                    ? Optional.empty()
                    : Optional.of("needs sub in when, as system:serviceaccount:NAMESPACE:NAME, for without it every"
                            + " pod of the cluster would be let in");
        }
    },
    /** Whatever else speaks OpenID Connect: a company's own, whose tokens are people's. */
    OIDC("{sub}", Set.of("sub", "oid", "tid"), Set.of("sub", "oid")) {
        @Override
        Optional<String> needs(RuleSettings rule) {
            if (rule.when().isEmpty()) {
                return Optional.of("needs when, such as a group: without it everybody of the company would be let in");
            }
            boolean own = subject(rule).contains("{sub}") || subject(rule).contains("{oid}");
            return own
                    ? Optional.empty()
                    : Optional.of("has the subject '" + subject(rule) + "' for everybody whom it means, so that they"
                            + " would have one vote together: put {sub} into it");
        }
    };

    private static final Pattern ACCOUNT = Pattern.compile("system:serviceaccount:[a-z0-9-]+:[a-z0-9.-]+");
    private static final Pattern ID = Pattern.compile("[0-9]+");

    private final String subject;
    private final Set<String> lasting;
    private final Set<String> people;

    IssuerKind(String subject, Set<String> lasting, Set<String> people) {
        this.subject = subject;
        this.lasting = lasting;
        this.people = people;
    }

    /** As the configuration writes it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The claims by which a person is known. */
    Set<String> peopleBy() {
        return people;
    }

    /** The rule's subject, or what is usual. */
    String subject(RuleSettings rule) {
        return rule.subject() == null ? subject : rule.subject();
    }

    /** Whether a rule means nobody of these claims although all of its own hold. */
    boolean refuses(RuleSettings rule, Claims claims) {
        return false;
    }

    /** What is wrong with a rule and what to do, to be read after its name; empty when nothing is. */
    Optional<String> problem(RuleSettings rule) {
        if (rule.groups().isEmpty()) {
            return Optional.of("needs groups: whoever is in none may do nothing");
        }
        return needs(rule).or(() -> SubjectTemplate.problem(subject(rule), lasting));
    }

    abstract Optional<String> needs(RuleSettings rule);

    private static Optional<String> ids(RuleSettings rule, String... claims) {
        boolean all = List.of(claims).stream()
                .allMatch(claim -> rule.bound(claim)
                        .filter(ids ->
                                ids.stream().allMatch(id -> ID.matcher(id).matches()))
                        .isPresent());
        return all
                ? Optional.empty()
                : Optional.of("needs " + String.join(" and ", claims) + " in when, as "
                        + (claims.length > 1 ? "numbers" : "a number"));
    }
}
