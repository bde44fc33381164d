package io.gatewatch.benchmarks.measure;

/**
 * What had been done by a moment.
 *
 * @param timeNs monotonic clock
 * @param packets packets done
 * @param cpuNs CPU time of the process
 * @param gcMs time that its garbage collectors have taken
 */
public record Sample(long timeNs, long packets, long cpuNs, long gcMs) {}
