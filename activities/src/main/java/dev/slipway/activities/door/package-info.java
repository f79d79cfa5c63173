/**
 * The only way from a helm to the API server: a proxy on the loopback address that has the credentials, and lets writes
 * through as long as its worker has the right to write.
 */
@NullMarked
package dev.slipway.activities.door;

import org.jspecify.annotations.NullMarked;
