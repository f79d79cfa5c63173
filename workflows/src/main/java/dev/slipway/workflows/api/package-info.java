/** What the workflows say and act through: workflow interfaces, messages, ids, and the ports (activity interfaces). */
@NullMarked
package dev.slipway.workflows.api;

import org.jspecify.annotations.NullMarked;
