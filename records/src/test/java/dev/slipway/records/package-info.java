/** Against a real PostgreSQL, which comes as a Maven artifact and runs on a free port of the loopback interface. */
package dev.slipway.records;
