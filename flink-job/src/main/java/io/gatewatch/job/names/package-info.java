/** The step that gives rows their host names. */
package io.gatewatch.job.names;
