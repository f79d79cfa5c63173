/** How people are called. */
@NullMarked
package dev.slipway.activities.page;

import org.jspecify.annotations.NullMarked;
