package io.gatewatch.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.traffic.session.SessionRow;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SyntheticRowsTest {
    private static final long START_NS = 1_767_225_600_000_000_000L;

    private final SyntheticRows rows = new SyntheticRows(START_NS);

    @Test
    void shouldBeRowsOfFinishedConnections() {
        SessionRow row = rows.session(0);

        assertThat(row.clientPackets + row.serverPackets).isEqualTo(SyntheticRows.PACKETS);
        assertThat(row.isFinal()).isTrue();
        assertThat(row.packets).isNotEmpty();
    }

    @Test
    void shouldHaveIdsThatGrowWithTimeAndAreUnlikeEachOther() {
        byte[] first = rows.session(0).sessionId;
        byte[] second = rows.session(1).sessionId;
        byte[] later = rows.session(1_000).sessionId;

        assertThat(first).hasSize(16).isNotEqualTo(second);
        assertThat(Arrays.compareUnsigned(first, later)).isNegative();
        assertThat(rows.dns(0).dnsId).hasSize(16).isNotEqualTo(rows.dns(1).dnsId);
    }
}
