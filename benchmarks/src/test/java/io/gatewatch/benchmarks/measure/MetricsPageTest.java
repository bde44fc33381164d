package io.gatewatch.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricsPageTest {
    private final MetricsPage page =
            MetricsPage.of(
                    """
                    # HELP packets of a subtask
                    packets{subtask="0",name="a b"} 10.0
                    packets{subtask="1",name="a b"} 1.5E3
                    packets_total{subtask="1"} 7
                    plain 4
                    gc_Young_Time{host="x"} 20.0
                    gc_Old_Time{host="x"} 3.0
                    """);

    @Test
    void shouldAddTheSamplesOfAMetric() {
        assertThat(page.sum("packets")).isEqualTo(1_510);
        assertThat(page.sum("plain")).isEqualTo(4);
        assertThat(page.sum("absent")).isZero();
    }

    @Test
    void shouldAddThoseWithALabel() {
        assertThat(page.sum("packets", "subtask=\"0\"")).isEqualTo(10);
    }

    @Test
    void shouldAddMetricsByTheBeginningAndEndOfTheirNames() {
        assertThat(page.sumOfNames("gc_", "_Time")).isEqualTo(23);
    }
}
