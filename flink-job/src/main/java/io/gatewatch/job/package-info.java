/** The Flink job: its graph, the identifiers of its operators, and the commands that run it. */
package io.gatewatch.job;
