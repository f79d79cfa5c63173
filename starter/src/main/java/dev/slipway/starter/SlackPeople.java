package dev.slipway.starter;

import dev.slipway.model.Actor;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Who a user of Slack is. By workspace and id, or the e-mail address of their profile where the platform team says so; never by
 * a name. Slack is asked at each decision, so whoever was deactivated a minute ago is nobody now.
 */
@Component
@HeardFromSlack
class SlackPeople {
    private static final List<String> STRANGE =
            List.of("deleted", "is_bot", "is_restricted", "is_ultra_restricted", "is_stranger", "is_workflow_bot");

    private static final JsonNode NOBODY = MissingNode.getInstance();

    private final SlackSettings settings;
    private final SlackWeb web;

    SlackPeople(SlackSettings settings, SlackWeb web) {
        this.settings = settings;
        this.web = web;
    }

    /**
     * Who the platform team says that it is: enough to show something, not to decide. Slack is asked about those alone who are
     * not known by their id.
     *
     * @throws Refusal 403 when it is nobody; 503 when Slack does not say
     */
    SlackSettings.Person known(SlackSender sender) {
        requireHome(sender);
        return byId(sender).orElseGet(() -> byAddress(sender, addressed() ? member(sender) : NOBODY));
    }

    /**
     * The person, with the groups of now.
     *
     * @throws Refusal 403 when it is nobody, a guest or a bot; 503 when Slack does not say
     */
    Actor actor(SlackSender sender) {
        requireHome(sender);
        Optional<SlackSettings.Person> named = byId(sender);
        JsonNode member = named.isPresent() || addressed() ? member(sender) : NOBODY;
        SlackSettings.Person person = named.orElseGet(() -> byAddress(sender, member));
        Set<String> groups = new HashSet<>(person.groups());
        for (SlackSettings.UserGroup group : settings.userGroups()) {
            JsonNode members = web.read("usergroups.users.list", Map.of("usergroup", group.id()))
                    .path("users");
            for (JsonNode one : members) {
                if (sender.user().equals(one.asString(""))) {
                    groups.add(group.group());
                }
            }
        }
        return new Actor(person.subject(), groups);
    }

    private void requireHome(SlackSender sender) {
        if (!settings.team().equals(sender.team()) || !settings.team().equals(sender.home())) {
            throw Refusal.notAllowed("people of other workspaces may not say anything to releases here");
        }
    }

    private Optional<SlackSettings.Person> byId(SlackSender sender) {
        return settings.people().stream()
                .filter(person -> person.id().filter(sender.user()::equals).isPresent())
                .findFirst();
    }

    private boolean addressed() {
        return settings.people().stream().anyMatch(person -> person.address().isPresent());
    }

    private SlackSettings.Person byAddress(SlackSender sender, JsonNode member) {
        String address = member.path("profile").path("email").asString("");
        boolean theirs = member.path("is_email_confirmed").asBoolean(true);
        return settings.people().stream()
                .filter(person -> theirs && person.hasAddress(address))
                .findFirst()
                .orElseThrow(() -> Refusal.notAllowed("Slack's user " + sender.user()
                        + " is not known here; the platform team adds people to slipway.slack.people"
                        + (member.isObject() && address.isEmpty()
                                ? " (Slack does not say their e-mail address: the app needs users:read.email)"
                                : "")));
    }

    /** What Slack says of a full member of now. */
    private JsonNode member(SlackSender sender) {
        JsonNode user = web.read("users.info", Map.of("user", sender.user())).path("user");
        boolean strange = STRANGE.stream().anyMatch(mark -> user.path(mark).asBoolean(false));
        boolean other = !user.path("id").asString("").equals(sender.user())
                || !user.path("team_id").asString("").equals(settings.team());
        if (strange || other) {
            throw Refusal.notAllowed("guests, bots and people who left may not say anything to releases");
        }
        return user;
    }
}
