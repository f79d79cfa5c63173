package dev.slipway.starter;

import dev.slipway.model.Actor;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Who a user of Slack is. By id and workspace, never by a name or an e-mail address, which their owners may change; asked at
 * each decision, so whoever was deactivated a minute ago is nobody now.
 */
@Component
@ConditionalOnProperty("slipway.slack.signing-secret-file")
class SlackPeople {
    private static final List<String> STRANGE =
            List.of("deleted", "is_bot", "is_restricted", "is_ultra_restricted", "is_stranger", "is_workflow_bot");

    private final SlackSettings settings;
    private final SlackWeb web;

    SlackPeople(SlackSettings settings, SlackWeb web) {
        this.settings = settings;
        this.web = web;
    }

    /**
     * Who the platform team says that it is, without asking Slack: enough to show something, not to decide.
     *
     * @throws Refusal 403 when it is nobody
     */
    SlackSettings.Person known(SlackSender sender) {
        if (!settings.team().equals(sender.team()) || !settings.team().equals(sender.home())) {
            throw Refusal.notAllowed("people of other workspaces may not say anything to releases here");
        }
        return settings.people().stream()
                .filter(person -> person.user().equals(sender.user()))
                .findFirst()
                .orElseThrow(() -> Refusal.notAllowed("Slack's user " + sender.user()
                        + " is not known here; the platform team adds people to slipway.slack.people"));
    }

    /**
     * The person, with the groups of now.
     *
     * @throws Refusal 403 when it is nobody, a guest or a bot; 503 when Slack does not say
     */
    Actor actor(SlackSender sender) {
        SlackSettings.Person person = known(sender);
        JsonNode user = web.read("users.info", Map.of("user", person.user())).path("user");
        boolean strange = STRANGE.stream().anyMatch(mark -> user.path(mark).asBoolean(false));
        String home = user.path("team_id").asString("");
        if (strange || !home.equals(settings.team())) {
            throw Refusal.notAllowed("guests, bots and people who left may not say anything to releases");
        }
        Set<String> groups = new HashSet<>(person.groups());
        for (SlackSettings.UserGroup group : settings.userGroups()) {
            JsonNode members = web.read("usergroups.users.list", Map.of("usergroup", group.id()))
                    .path("users");
            for (JsonNode member : members) {
                if (person.user().equals(member.asString(""))) {
                    groups.add(group.group());
                }
            }
        }
        return new Actor(person.subject(), groups);
    }
}
