package io.gatewatch.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessUseTest {
    private static final String STAT =
            "42 (a) b (c) S 1 42 42 0 -1 4194560 100 200 0 0 150 50 7 3 20 0 9 0 123 0 0";

    @Test
    void shouldAddUserAndSystemTimeBehindANameWithParentheses() {
        assertThat(ProcessUse.cpuNs(STAT, 11, 12)).isEqualTo(2_000_000_000L);
        assertThat(ProcessUse.cpuNs(STAT, 13, 14)).isEqualTo(100_000_000L);
    }

    @Test
    void shouldFindThePeakOfResidentMemory() {
        List<String> status = List.of("Name:\tjava", "VmHWM:\t  163840 kB", "VmRSS:\t 100 kB");

        assertThat(ProcessUse.peakResidentKb(status)).isEqualTo(163_840);
    }
}
