/** Rows to tables, by upserts that a higher revision alone may change. */
package io.gatewatch.job.sink.jdbc;
