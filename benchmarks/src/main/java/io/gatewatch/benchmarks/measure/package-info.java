/** What processes and threads have used, as Linux and Java count it. */
package io.gatewatch.benchmarks.measure;
