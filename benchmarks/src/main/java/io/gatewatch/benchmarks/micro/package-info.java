/** Microbenchmarks of single steps, for JMH: {@code bin/bench micro}. */
package io.gatewatch.benchmarks.micro;
