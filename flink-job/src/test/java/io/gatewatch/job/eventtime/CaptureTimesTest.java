package io.gatewatch.job.eventtime;

import static io.gatewatch.job.Captures.SECOND_NS;
import static io.gatewatch.job.Captures.conversation;
import static io.gatewatch.job.eventtime.Gateway.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.job.source.BatchRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Capture files whose times go backward or span years. */
class CaptureTimesTest {
    private static final double YEAR = 31_556_952;

    private final Gateway gateway = Gateway.ofFile("attic", 1);

    @Test
    void shouldKeepSessionsWholeWhereTimesGoBackward() throws Exception {
        try (HandDrivenJob job = HandDrivenJob.start(3)) {
            job.take(gateway.sees(conversation(40_000).at(at(3_000)).handshake().close()));
            // An hour back: as if a second file had been appended to the first.
            job.take(
                    gateway.sees(
                            conversation(40_001)
                                    .at(at(-600))
                                    .handshake()
                                    .pause(500 * SECOND_NS)
                                    .clientSends(10)
                                    .pause(500 * SECOND_NS)
                                    .close()));
            // Within a session: the frames in the order of the capture, not of their times.
            job.take(
                    gateway.sees(
                            conversation(40_002)
                                    .at(at(3_010))
                                    .handshake()
                                    .pause(-5 * SECOND_NS)
                                    .clientSends(10)
                                    .pause(9 * SECOND_NS)
                                    .close()
                                    .frames()));
            job.take(gateway.stopsForGood());

            assertThat(job.table().summary())
                    .containsExactly(
                            "40001 from -600.000 to 400.006: 7 packets, fin",
                            "40000 from 3000.000 to 3000.005: 6 packets, fin",
                            "40002 from 3010.000 to 3014.006: 7 packets, fin, late");
            assertThat(job.held()).isZero();
        }
    }

    @Test
    void shouldCutSessionsOfACaptureThatSpansYears() throws Exception {
        List<BatchRecord> records = new ArrayList<>();
        for (int year = -3; year <= 3; year++) {
            records.addAll(gateway.sees(conversation(40_000).at(at(year * YEAR)).handshake()));
        }
        records.addAll(gateway.stopsForGood());

        // At most one punctuation for each partition and packet, however far time jumps.
        int partitions = Gateway.PACKET_PARTITIONS + Gateway.DNS_PARTITIONS;
        assertThat(records).hasSizeLessThan(7 * 3 + 8 * partitions);
        try (HandDrivenJob job = HandDrivenJob.start(2)) {
            job.take(records);

            assertThat(job.table().summary())
                    .hasSize(7)
                    .startsWith("40000 from -94670856.000 to -94670855.998: 3 packets, idle")
                    .contains("40000 from 0.000 to 0.002: 3 packets, idle")
                    .endsWith("40000 from 94670856.000 to 94670856.002: 3 packets, idle");
            assertThat(job.held()).isZero();
        }
    }
}
