/** Capture files as a bounded source of batches, without an agent and a broker between. */
package io.gatewatch.job.source.capture;
