/** What the stages are fed with: large captures, and batches of as many live flows as asked. */
package io.gatewatch.benchmarks.load;
