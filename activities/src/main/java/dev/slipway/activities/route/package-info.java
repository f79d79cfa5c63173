/** Who gets traffic: the weights of a route, one class per kind of router. */
@NullMarked
package dev.slipway.activities.route;

import org.jspecify.annotations.NullMarked;
