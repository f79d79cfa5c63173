/** What changes between two renderings of a chart, for a person who has to decide on it. Pure; no secret leaves it. */
@NullMarked
package dev.slipway.activities.difference;

import org.jspecify.annotations.NullMarked;
