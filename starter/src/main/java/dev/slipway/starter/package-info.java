/** The HTTP API of Slipway: authentication and authorization at one place, releases started, shown and spoken to. */
@NullMarked
package dev.slipway.starter;

import org.jspecify.annotations.NullMarked;
