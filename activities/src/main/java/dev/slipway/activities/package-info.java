/** What the adapters of one worker share. */
@NullMarked
package dev.slipway.activities;

import org.jspecify.annotations.NullMarked;
