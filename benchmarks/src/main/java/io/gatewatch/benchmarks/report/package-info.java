/** Figures of a run: printed, kept as JSON, compared with those of another run. */
package io.gatewatch.benchmarks.report;
