package dev.slipway.activities.announce;

/** One of our messages. */
record Posted(String channel, String ts, Mark mark) {}
