package io.gatewatch.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SeriesTest {
    private static final long SECOND_NS = 1_000_000_000L;

    /** A sample a second: CPU time in ns, and 100 ms of garbage collection each. */
    private static Series series(long... packets) {
        Series series = new Series();
        for (int i = 0; i < packets.length; i++) {
            series.add(new Sample(i * SECOND_NS, packets[i], i * SECOND_NS / 2, i * 100L));
        }
        return series;
    }

    @Test
    void shouldMeasureBetweenTwoNumbersOfPackets() {
        Span span = series(0, 10, 1_000, 3_000, 4_000).between(1_000, 4_000, false);

        assertThat(span.packets()).isEqualTo(3_000);
        assertThat(span.seconds()).isEqualTo(2);
        assertThat(span.packetsPerSecond()).isEqualTo(1_500);
        assertThat(span.cpuNsPerPacket()).isEqualTo(SECOND_NS / 3_000.0, within(0.1));
        assertThat(span.gcPercent()).isEqualTo(10);
    }

    @Test
    void shouldLeaveOutTheIntervalInWhichTheWorkEnds() {
        Span span = series(0, 1_000, 3_000, 3_100).between(1_000, 3_100, true);

        assertThat(span.packets()).isEqualTo(2_000);
        assertThat(span.seconds()).isEqualTo(1);
    }

    @Test
    void shouldTakeTheLastIntervalWhereThereIsNoOther() {
        assertThat(series(0, 1_000, 3_000).between(1_000, 3_000, true).packets()).isEqualTo(2_000);
    }

    @Test
    void shouldRefuseToMeasureWhatWasOverAtOnce() {
        assertThatThrownBy(() -> series(0, 3_000).between(1_000, 3_000, true))
                .hasMessageContaining("more --packets");
    }
}
