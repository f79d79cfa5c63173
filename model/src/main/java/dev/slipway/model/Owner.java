package dev.slipway.model;

/** Who is called: the team, its Slack channel and its PagerDuty service; the last two may be empty. */
public record Owner(String team, String slack, String pagerduty) {}
