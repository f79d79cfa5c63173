/** Callers who bring a token that somebody else signed: whose keys count, what a token must say, and who that is here. */
@NullMarked
package dev.slipway.starter.identity;

import org.jspecify.annotations.NullMarked;
