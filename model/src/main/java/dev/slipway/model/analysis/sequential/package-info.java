/**
 * Sequential tests: they may be asked after every scrape, and their error rates hold all the same. Pure arithmetic on
 * immutable values that travel in a heartbeat; docs/analysis.md explains them to the people they decide for.
 */
@NullMarked
package dev.slipway.model.analysis.sequential;

import org.jspecify.annotations.NullMarked;
