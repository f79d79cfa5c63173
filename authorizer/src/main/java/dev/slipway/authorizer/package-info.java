/**
 * Stands in front of Temporal's frontend and lets each process do what its certificate says it is for, and nothing else
 * (docs/temporal.md).
 */
@NullMarked
package dev.slipway.authorizer;

import org.jspecify.annotations.NullMarked;
