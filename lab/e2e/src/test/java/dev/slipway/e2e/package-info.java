/** Real releases on the lab, as a user sees them. */
package dev.slipway.e2e;
