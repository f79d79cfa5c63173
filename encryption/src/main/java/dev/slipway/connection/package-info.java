/** How a process reaches Temporal: TLS, the certificate that it shows, the API key that it sends. One place for starter and workers. */
@NullMarked
package dev.slipway.connection;

import org.jspecify.annotations.NullMarked;
