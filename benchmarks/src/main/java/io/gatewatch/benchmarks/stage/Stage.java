package io.gatewatch.benchmarks.stage;

import io.gatewatch.benchmarks.report.Report;

/** Something that is measured. */
public interface Stage {
    /** What {@code --stage} calls it. */
    String name();

    /** Half a line for {@code --help}. */
    String description();

    /**
     * Measures, and cleans up after itself.
     *
     * @param report takes the figures, and remarks where something cannot be measured here
     */
    void run(Bench bench, Report report) throws Exception;
}
