/** The stages that are measured, each a class, and the processes that they start. */
package io.gatewatch.benchmarks.stage;
