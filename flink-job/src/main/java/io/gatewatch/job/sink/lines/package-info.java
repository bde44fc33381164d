/** Rows as lines of text (JSON, CSV, a table), sorted, to files or standard output. */
package io.gatewatch.job.sink.lines;
