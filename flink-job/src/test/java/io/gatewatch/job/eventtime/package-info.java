/** What becomes of sessions when clocks, gateways and restarts do not go together. */
package io.gatewatch.job.eventtime;
