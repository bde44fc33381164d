/**
 * From batches to flow slices to rows of sessions: the cut, the key, the keyed state and timers.
 */
package io.gatewatch.job.session;
