/** What Temporal keeps of Slipway, readable by nobody without a key. */
@NullMarked
package dev.slipway.encryption;

import org.jspecify.annotations.NullMarked;
