/** Flink's own cluster inside of this process. */
package io.gatewatch.job.cluster;
