/** The words of a release as values; see docs/architecture.md. No Temporal, no Spring, no YAML, no I/O. */
@NullMarked
package dev.slipway.model;

import org.jspecify.annotations.NullMarked;
