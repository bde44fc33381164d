/** What every stage of Gatewatch costs on this machine: {@code bin/bench}. */
package io.gatewatch.benchmarks;
