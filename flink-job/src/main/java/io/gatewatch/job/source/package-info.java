/** Where batches and agents' reports come from, and the clock that each partition tells. */
package io.gatewatch.job.source;
