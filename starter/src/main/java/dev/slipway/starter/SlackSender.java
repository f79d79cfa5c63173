package dev.slipway.starter;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Who sent something, as Slack says it.
 *
 * @param team the workspace that it was sent from
 * @param home the workspace that the user belongs to: another one, for a guest of a shared channel
 */
record SlackSender(String team, String home, String user) {

    static SlackSender of(JsonNode interaction) {
        String team = interaction.path("team").path("id").asString("");
        JsonNode user = interaction.path("user");
        return new SlackSender(
                team, user.path("team_id").asString(team), user.path("id").asString(""));
    }

    static SlackSender of(Map<String, String> command) {
        String team = command.getOrDefault("team_id", "");
        return new SlackSender(team, team, command.getOrDefault("user_id", ""));
    }
}
