package dev.slipway.activities.page;

/** An address with the words that are clicked on. */
record Link(String href, String text) {}
