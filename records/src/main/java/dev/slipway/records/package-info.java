/** What stays known of releases, in PostgreSQL: the schema, the one who writes and the one who reads. */
@NullMarked
package dev.slipway.records;

import org.jspecify.annotations.NullMarked;
