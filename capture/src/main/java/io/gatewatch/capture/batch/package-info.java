/** Packets to batches: grouping by flow, payload prefixes, minute boundaries, the capture clock. */
package io.gatewatch.capture.batch;
