package io.gatewatch.benchmarks.report;

/**
 * One measured number.
 *
 * @param stage the stage that measured it
 * @param name what it is, once in a stage
 * @param value the number
 * @param unit its unit
 * @param packets packets that it stands on, or rows, mappings and the like; 0 where nothing is
 *     counted
 * @param seconds time that it stands on; 0 where it is no matter of time
 */
public record Figure(
        String stage, String name, double value, String unit, long packets, double seconds) {
    /** What identifies the figure in every run. */
    public String key() {
        return stage + " / " + name;
    }
}
