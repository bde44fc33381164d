package io.gatewatch.partitions;

import io.gatewatch.settings.Problems;
import picocli.CommandLine.Option;

/** How long rows are kept; mixed in with {@code @Mixin}. */
public final class RetentionOptions {
    private static final int MAX_DAYS = 36_500;

    @Option(
            names = "--retention-days",
            paramLabel = "DAYS",
            description =
                    "Remove what began more than so many whole days (UTC) before today; without it"
                            + " everything stays.")
    Integer days;

    /** Whole days, or {@link DayPartitions#FOR_EVER}. */
    public int days() {
        return days == null ? DayPartitions.FOR_EVER : days;
    }

    /** Checks the range. */
    public void validate(Problems problems) {
        problems.require(
                days == null || (days >= 1 && days <= MAX_DAYS),
                "--retention-days",
                days,
                "must be 1 to " + MAX_DAYS);
    }
}
