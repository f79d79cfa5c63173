/** What the Kubernetes API tells about the workloads of a release, and how its client is made. */
@NullMarked
package dev.slipway.activities.kubernetes;

import org.jspecify.annotations.NullMarked;
