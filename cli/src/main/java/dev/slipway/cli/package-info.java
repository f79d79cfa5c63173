/** The command line: what people and CI jobs call. It speaks to the starter's REST API; {@code validate} and {@code plan} work offline. */
@NullMarked
package dev.slipway.cli;

import org.jspecify.annotations.NullMarked;
