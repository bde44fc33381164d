/** What could not be read or stored, kept with its origin and the reason. */
package io.gatewatch.job.deadletter;
