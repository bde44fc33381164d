package io.gatewatch.job.eventtime;

import static io.gatewatch.job.eventtime.Gateway.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.job.Captures;
import io.gatewatch.job.source.BatchRecord;
import io.gatewatch.testing.TcpConversation;
import io.gatewatch.testing.TimedFrame;
import io.gatewatch.traffic.session.SessionRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The same capture, cut, ordered and assembled in different ways. */
class ParallelismTest {
    /** How records of different partitions come; those of one keep their order. */
    private enum Arrival {
        AS_SENT {
            @Override
            List<BatchRecord> of(List<BatchRecord> sent) {
                return sent;
            }
        },
        ONE_PARTITION_AFTER_THE_OTHER {
            @Override
            List<BatchRecord> of(List<BatchRecord> sent) {
                List<BatchRecord> ordered = new ArrayList<>(sent);
                ordered.sort(
                        Comparator.comparing(BatchRecord::topic, Comparator.reverseOrder())
                                .thenComparing(BatchRecord::partition, Comparator.reverseOrder()));
                return ordered;
            }
        };

        abstract List<BatchRecord> of(List<BatchRecord> sent);
    }

    private static List<SessionRow> expected;

    @BeforeAll
    static void assembleInOneSubtask() throws Exception {
        try (HandDrivenJob job = HandDrivenJob.start(1)) {
            job.take(sent(Duration.ofMillis(200)));
            expected = List.copyOf(job.table().rows());
        }
        assertThat(expected).hasSizeGreaterThan(50);
        assertThat(expected).filteredOn(row -> row.clientPort == 45_000).hasSize(2);
    }

    private static List<BatchRecord> sent(Duration interval) {
        Gateway gateway =
                Gateway.of(Gateway.settings("attic").interval(interval).bootId(1).build());
        List<BatchRecord> records = new ArrayList<>();
        List<TimedFrame> frames = new ArrayList<>(overtaken().handshake().frames());
        frames.addAll(Captures.mixed(1));
        frames.addAll(
                overtaken()
                        .captured(false)
                        .handshake()
                        .captured(true)
                        .at(at(590))
                        .clientSends(10)
                        .frames());
        records.addAll(gateway.sees(frames));
        records.addAll(gateway.stopsForGood());
        return records;
    }

    /** Its second part comes within its time-out, but long after the clock has passed that. */
    private static TcpConversation overtaken() {
        return Captures.conversation(45_000);
    }

    static Stream<Arguments> ways() {
        List<Arguments> ways = new ArrayList<>();
        for (int parallelism : new int[] {1, 2, 4, 6}) {
            for (Duration interval : List.of(Duration.ofMillis(200), Duration.ofSeconds(3))) {
                for (Arrival arrival : Arrival.values()) {
                    ways.add(Arguments.of(parallelism, interval, arrival));
                }
            }
        }
        return ways.stream();
    }

    @ParameterizedTest(name = "parallelism {0}, batches of {1}, {2}")
    @MethodSource("ways")
    void shouldGiveTheSameRows(int parallelism, Duration interval, Arrival arrival)
            throws Exception {
        try (HandDrivenJob job = HandDrivenJob.start(parallelism)) {
            job.take(arrival.of(sent(interval)));

            assertSame(job);
        }
    }

    @ParameterizedTest(name = "parallelism {0}, batches of {1}, {2}")
    @MethodSource("ways")
    void shouldGiveTheSameRowsAfterRestartsAtOtherParallelisms(
            int parallelism, Duration interval, Arrival arrival) throws Exception {
        List<BatchRecord> records = arrival.of(sent(interval));
        int part = records.size() / 4;
        try (HandDrivenJob job = HandDrivenJob.start(parallelism)) {
            job.take(records.subList(0, part)).restart(7 - parallelism);
            job.take(records.subList(part, 2 * part)).restart(parallelism);
            job.take(records.subList(2 * part, 3 * part)).restart(1);
            job.take(records.subList(3 * part, records.size()));

            assertSame(job);
        }
    }

    @Test
    void shouldSpreadTheKeysOverAsManySubtasksAsThereArePartitions() throws Exception {
        try (HandDrivenJob job = HandDrivenJob.start(Gateway.PACKET_PARTITIONS)) {
            List<BatchRecord> records = sent(Duration.ofMillis(200));
            job.take(records);

            int keys = job.keysOfSubtasks().stream().mapToInt(Integer::intValue).sum();
            assertThat(job.keysOfSubtasks()).allMatch(own -> own > keys / 10);
        }
    }

    private static void assertSame(HandDrivenJob job) throws Exception {
        job.table().assertHolds(expected);
        assertThat(job.held()).isZero();
    }
}
