package io.gatewatch.job.eventtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.job.Captures;
import io.gatewatch.job.source.BatchRecord;
import io.gatewatch.traffic.session.EndReason;
import io.gatewatch.traffic.session.SessionRow;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records that wait while the job or the database is away. */
class BacklogTest {
    private final List<BatchRecord> records = new ArrayList<>();
    private List<SessionRow> expected;

    @BeforeEach
    void captureAndAssembleUndisturbed() throws Exception {
        Gateway gateway = Gateway.live("attic");
        records.addAll(gateway.sees(Captures.mixed(1)));
        records.addAll(gateway.stopsForGood());
        try (HandDrivenJob job = HandDrivenJob.start(2)) {
            takeAsTheyCome(job, 0, records.size());
            expected = List.copyOf(job.table().rows());
        }
        assertThat(expected).hasSizeGreaterThan(50);
    }

    @Test
    void shouldLoseNothingByAnHourInWhichTheJobWasDown() throws Exception {
        try (HandDrivenJob job = HandDrivenJob.start(2)) {
            takeAsTheyCome(job, 0, records.size() / 3);
            assertThat(job.held()).isPositive();

            job.restart(3).wallClock(wallSecond(records.size() / 3) + 3_600);
            job.take(records.subList(records.size() / 3, records.size()));

            assertUndisturbed(job);
        }
    }

    @Test
    void shouldLoseNothingWhereTheBacklogOfAnHourIsReadSlowly() throws Exception {
        try (HandDrivenJob job = HandDrivenJob.start(2)) {
            int down = records.size() / 3;
            takeAsTheyCome(job, 0, down);
            long backSecond = wallSecond(down) + 3_600;
            job.restart(2).wallClock(backSecond);

            int step = (records.size() - down) / 40;
            for (int i = down; i < records.size(); i += step) {
                job.take(records.subList(i, Math.min(i + step, records.size())));
                backSecond += 60;
                job.wallClock(backSecond);
            }

            assertUndisturbed(job);
        }
    }

    @Test
    void shouldLoseNothingWhileTheDatabaseStandsStillForAQuarterOfAnHour() throws Exception {
        try (HandDrivenJob job = HandDrivenJob.start(2)) {
            int stall = records.size() / 3;
            takeAsTheyCome(job, 0, stall);

            // Whoever waits for the database does not look at the clock: one late tick. Then the
            // writer gives up and the job starts again, and its ticks go on.
            long second = wallSecond(stall);
            for (int failures = 0; failures < 2; failures++) {
                second += 7 * 60;
                job.wallClock(second);
                job.restart(2);
                second += 30;
                job.wallClock(second);
            }
            job.take(records.subList(stall, records.size()));

            assertUndisturbed(job);
        }
    }

    /** The wall clock goes with the records: as many seconds as there are records before. */
    private void takeAsTheyCome(HandDrivenJob job, int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            job.wallClock(wallSecond(i));
            job.take(records.get(i));
        }
    }

    private static long wallSecond(int record) {
        return record;
    }

    private void assertUndisturbed(HandDrivenJob job) throws Exception {
        assertThat(job.table().endReasons()).doesNotContain(EndReason.GATEWAY_GONE);
        job.table().assertHolds(expected);
        assertThat(job.held()).isZero();
    }
}
