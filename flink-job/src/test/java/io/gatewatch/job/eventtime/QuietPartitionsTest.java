package io.gatewatch.job.eventtime;

import static io.gatewatch.job.Captures.conversation;
import static io.gatewatch.job.eventtime.Gateway.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.capture.batch.BatchTopic;
import io.gatewatch.job.source.BatchRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Partitions without packets, and partitions without any record. */
class QuietPartitionsTest {
    private final Gateway gateway = Gateway.live("attic");

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 6})
    void shouldEndSessionsAlthoughTheOtherPartitionsHaveNoPackets(int parallelism)
            throws Exception {
        try (HandDrivenJob job = HandDrivenJob.start(parallelism)) {
            job.take(gateway.sees(conversation(40_000).handshake()));
            job.take(gateway.quiet(5, 655));
            assertThat(job.table().summary()).isEmpty();
            assertThat(job.held()).isEqualTo(1);

            job.take(gateway.quiet(660, 665));

            assertThat(job.table().summary())
                    .containsExactly("40000 from 0.000 to 0.002: 3 packets, idle");
            assertThat(job.held()).isZero();
        }
    }

    @Test
    void shouldCutSessionsRightlyWhileATopicHasNoRecordAtAll() throws Exception {
        try (HandDrivenJob job = HandDrivenJob.start(2)) {
            job.take(packetsOnly(gateway.sees(conversation(40_000).handshake().close())));
            job.take(packetsOnly(gateway.sees(conversation(40_001).at(at(1)).handshake())));
            job.take(packetsOnly(gateway.quiet(5, 900)));
            job.take(packetsOnly(gateway.sees(conversation(40_001).at(at(905)).handshake())));
            job.take(packetsOnly(gateway.quiet(910, 915)));
            job.wallClock(10);

            assertThat(job.table().summary())
                    .containsExactly(
                            "40000 from 0.000 to 0.005: 6 packets, fin",
                            "40001 from 1.000 to 1.002: 3 packets, idle",
                            "40001 from 905.000 to 905.002: 3 packets, open");
        }
    }

    @Test
    void shouldMoveTimeWithTheFirstRecordOfATopicThatHadNone() throws Exception {
        try (HandDrivenJob job = HandDrivenJob.start(2)) {
            job.take(packetsOnly(gateway.sees(conversation(40_000).handshake())));
            job.take(packetsOnly(gateway.quiet(5, 900)));
            assertThat(job.table().summary()).isEmpty();

            job.take(gateway.quiet(905, 910));

            assertThat(job.table().summary())
                    .containsExactly("40000 from 0.000 to 0.002: 3 packets, idle");
            assertThat(job.held()).isZero();
        }
    }

    @Test
    void shouldNotKeepSessionsForEverWhereATopicNeverHasARecord() throws Exception {
        try (HandDrivenJob job = HandDrivenJob.start(2)) {
            job.take(packetsOnly(gateway.sees(conversation(40_000).handshake())));
            for (int minute = 1; minute <= 15; minute++) {
                job.take(packetsOnly(gateway.quiet(60 * minute, 60 * minute + 55)));
                job.wallClock(60L * minute);
            }

            assertThat(job.table().summary())
                    .containsExactly("40000 from 0.000 to 0.002: 3 packets, gateway_gone");
            assertThat(job.held()).isZero();
        }
    }

    private static List<BatchRecord> packetsOnly(List<BatchRecord> records) {
        List<BatchRecord> packets = new ArrayList<>(records);
        packets.removeIf(record -> record.topic() == BatchTopic.DNS);
        return packets;
    }
}
