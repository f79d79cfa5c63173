/** Jobs that send requests to a version while it soaks, made of a suspended CronJob. */
@NullMarked
package dev.slipway.activities.load;

import org.jspecify.annotations.NullMarked;
