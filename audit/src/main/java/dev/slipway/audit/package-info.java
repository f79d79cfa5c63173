/** The form in which facts are kept and chained, and the check of it: the same for the database, the API and a file. */
@NullMarked
package dev.slipway.audit;

import org.jspecify.annotations.NullMarked;
