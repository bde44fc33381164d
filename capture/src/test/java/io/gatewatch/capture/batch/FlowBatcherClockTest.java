package io.gatewatch.capture.batch;

import static io.gatewatch.capture.batch.BatcherHarness.MS;
import static io.gatewatch.capture.batch.BatcherHarness.START_NS;
import static io.gatewatch.capture.batch.BatcherHarness.dns;
import static io.gatewatch.capture.batch.BatcherHarness.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.capture.batch.RecordedBatches.Batch;
import io.gatewatch.testing.FrameBuilder;
import io.gatewatch.testing.FuzzBytes;
import io.gatewatch.wire.BatchHead;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What clock batches state, punctuations, and the end of a capture. */
class FlowBatcherClockTest {
    private static final FrameBuilder NOT_IP =
            FrameBuilder.ethernet().etherType(0x0806).payload(46);

    @Test
    void shouldNotPromiseThePacketThatMakesItsOwnBatchDue() {
        BatcherHarness h = new BatcherHarness();

        h.at(0, udp(1)).at(100, udp(1)).at(30_000, udp(1));

        assertThat(h.sent.withPackets()).extracting(Batch::clockMs).containsExactly(100L);
    }

    @Test
    void shouldNotPromiseThePacketOfAnotherMinuteThatEndsTheBatch() {
        BatcherHarness h = new BatcherHarness();

        h.at(59_950, udp(1)).at(60_000, udp(1));

        assertThat(h.sent.withPackets()).extracting(Batch::clockMs).containsExactly(59_950L);
    }

    @Test
    void shouldPromiseThePacketOfAnotherPartitionThatMakesABatchDue() {
        BatcherHarness h = new BatcherHarness();

        h.at(0, udp(1)).at(4_000, dns(1));

        assertThat(h.sent.of(BatchTopic.PACKETS, 0))
                .extracting(Batch::clockMs)
                .containsExactly(4_000L);
        assertThat(h.sent.of(BatchTopic.DNS, 0)).isEmpty();
    }

    @Test
    void shouldStateTheLatestTimeThoughThePacketsOfTheBatchAreOlder() {
        BatcherHarness h = new BatcherHarness();

        h.at(500, dns(1)).at(100, udp(1)).end();

        assertThat(h.sent.of(BatchTopic.PACKETS, 0).get(0).clockMs()).isEqualTo(500);
    }

    @Test
    void shouldMoveTheClockWithFramesThatAreIgnored() {
        BatcherHarness h = new BatcherHarness();

        h.at(0, udp(1)).at(300, NOT_IP);

        assertThat(h.sent.all).extracting(Batch::clockMs).containsExactly(300L);
        assertThat(h.sent.all.get(0).head().captured).isEqualTo(2);
        assertThat(h.sent.all.get(0).head().ignored).isEqualTo(1);
    }

    @Test
    void shouldNotMoveTheClockWithABadTimestamp() {
        BatcherHarness h = new BatcherHarness();

        h.at(0, udp(1)).atNs(Long.MIN_VALUE, udp(1).build()).atNs(Long.MAX_VALUE, udp(1).build());

        assertThat(h.sent.all).isEmpty();
        assertThat(h.batcher.clockNs()).isEqualTo(START_NS);
    }

    @Test
    void shouldPunctuateAPartitionThatHadNothingForFiveSeconds() {
        BatcherHarness h = new BatcherHarness(new SettingsBuilder().partitions(1, 2));

        for (long ms = 0; ms <= 12_000; ms += 100) {
            h.at(ms, udp(1));
        }

        assertThat(h.sent.punctuations())
                .extracting(
                        batch -> batch.topic() + " " + batch.partition() + " " + batch.clockMs())
                .containsExactly("DNS 0 5000", "DNS 1 5000", "DNS 0 10000", "DNS 1 10000");
        assertThat(h.sent.punctuations())
                .allSatisfy(
                        batch -> {
                            assertThat(batch.head().flowCount).isZero();
                            assertThat(batch.head().minute)
                                    .isEqualTo(batch.head().clockNs / (60_000 * MS));
                            assertThat(batch.head().baseTimeNs).isZero();
                        });
    }

    @Test
    void shouldPunctuateOnceHoweverFarTimeJumps() {
        BatcherHarness h = new BatcherHarness(new SettingsBuilder().partitions(4, 2));
        long yearMs = 365L * 86_400_000;

        h.at(0, udp(1)).at(yearMs, NOT_IP).at(yearMs + 1, NOT_IP);

        assertThat(h.sent.withPackets()).extracting(Batch::clockMs).containsExactly(0L);
        assertThat(h.sent.punctuations())
                .hasSize(6)
                .extracting(Batch::clockMs)
                .containsOnly(yearMs);
    }

    @Test
    void shouldCountTheFiveSecondsFromTheLastBatch() {
        BatcherHarness h = new BatcherHarness();

        h.at(0, NOT_IP).at(3_000, udp(1)).at(4_000, NOT_IP).at(8_999, NOT_IP);
        assertThat(h.sent.of(BatchTopic.PACKETS, 0)).extracting(Batch::packets).containsExactly(1);

        h.at(9_000, NOT_IP);
        assertThat(h.sent.of(BatchTopic.PACKETS, 0))
                .extracting(Batch::packets)
                .containsExactly(1, 0);
    }

    @Test
    void shouldNumberBatchesOfEachPartitionFromZero() {
        BatcherHarness h =
                new BatcherHarness(new SettingsBuilder().partitions(3, 2).intervalMs(10));

        for (int i = 0; i < 2_000; i++) {
            h.at(10L * i, udp(i % 50 + 1));
        }
        h.end();

        Map<String, Long> next = new HashMap<>();
        for (Batch batch : h.sent.all) {
            String place = batch.topic() + "-" + batch.partition();
            assertThat(batch.head().sequence).isEqualTo(next.getOrDefault(place, 0L));
            next.merge(place, 1L, Long::sum);
        }
        assertThat(next).hasSize(5);
        assertThat(h.batcher.nextSequence(BatchTopic.PACKETS, 2)).isEqualTo(next.get("PACKETS-2"));
        assertThat(h.batcher.nextSequence(BatchTopic.DNS, 1)).isEqualTo(next.get("DNS-1"));
    }

    @Test
    void shouldEndEveryPartitionOfBothTopicsAfterWhatIsUnfinished() {
        BatcherHarness h = new BatcherHarness(new SettingsBuilder().partitions(3, 2));
        h.at(0, udp(1)).at(7, dns(1));

        h.batcher.endOfCapture(true);

        assertThat(h.sent.withPackets()).hasSize(2);
        assertThat(h.sent.all.subList(2, 7))
                .allSatisfy(
                        batch -> {
                            assertThat(batch.packets()).isZero();
                            assertThat(batch.head().has(BatchHead.FLAG_END_OF_CAPTURE)).isTrue();
                            assertThat(batch.head().has(BatchHead.FLAG_LAST_OF_ALL)).isTrue();
                            assertThat(batch.clockMs()).isEqualTo(7);
                            assertThat(batch.head().captured).isEqualTo(2);
                        });
        assertThat(h.sent.all).hasSize(7);
    }

    @Test
    void shouldNotSayThatNothingFollowsUnlessTold() {
        BatcherHarness h = new BatcherHarness();

        h.at(0, udp(1)).end();

        assertThat(h.sent.endMarkers()).hasSize(2);
        assertThat(h.sent.endMarkers())
                .noneMatch(batch -> batch.head().has(BatchHead.FLAG_LAST_OF_ALL));
    }

    @Test
    void shouldEndACaptureWithoutPacketsWithoutAClock() {
        BatcherHarness h = new BatcherHarness();

        h.end();

        assertThat(h.sent.endMarkers()).hasSize(2);
        assertThat(h.sent.all)
                .allSatisfy(
                        batch -> {
                            assertThat(batch.head().clockNs).isEqualTo(BatchHead.NO_CLOCK);
                            assertThat(batch.head().minute).isZero();
                        });
    }

    @Test
    void shouldSendNothingMoreWhenDiscarded() {
        BatcherHarness h = new BatcherHarness();
        h.at(0, udp(1)).at(1, udp(2)).at(2, dns(1));

        long unsent = h.batcher.discard();

        assertThat(unsent).isEqualTo(3);
        assertThat(h.sent.all).isEmpty();
    }

    @Test
    void shouldSendWhatIsDueWhileLiveCaptureIsIdle() {
        BatcherHarness h = new BatcherHarness(new SettingsBuilder().live());
        h.at(0, udp(1));

        h.batcher.idle(START_NS + 150 * MS);
        assertThat(h.sent.all).isEmpty();

        h.batcher.idle(START_NS + 250 * MS);
        assertThat(h.sent.all).extracting(Batch::clockMs).containsExactly(250L);

        h.batcher.idle(START_NS + 5_249 * MS);
        assertThat(h.sent.punctuations()).extracting(Batch::topic).containsExactly(BatchTopic.DNS);

        h.batcher.idle(START_NS + 5_250 * MS);
        assertThat(h.sent.punctuations())
                .extracting(Batch::topic)
                .containsExactly(BatchTopic.DNS, BatchTopic.PACKETS);
    }

    @Test
    void shouldStartTheClockWhenNothingWasCapturedYet() {
        BatcherHarness h = new BatcherHarness(new SettingsBuilder().live());

        h.batcher.idle(START_NS);
        h.batcher.idle(START_NS + 4_999 * MS);
        assertThat(h.sent.all).isEmpty();

        h.batcher.idle(START_NS + 5_000 * MS);
        assertThat(h.sent.punctuations())
                .extracting(Batch::clockMs)
                .containsExactly(5_000L, 5_000L);
    }

    @Test
    void shouldSendWhatItHasWhenTheWallClockWasSetBack() {
        BatcherHarness h = new BatcherHarness(new SettingsBuilder().live());
        h.at(3_600_000, udp(1));

        h.at(1_000, udp(1));
        h.batcher.idle(START_NS + 1_100 * MS);
        h.at(2_000, udp(1)).at(2_001, udp(1));
        h.batcher.idle(START_NS + 2_100 * MS);

        assertThat(h.sent.withPackets()).extracting(Batch::packets).containsExactly(2, 2);
        assertThat(h.sent.withPackets()).extracting(Batch::clockMs).containsOnly(3_600_000L);
    }

    @Test
    void shouldNotSendEarlyWhileTheWallClockIsALittleBehind() {
        BatcherHarness h = new BatcherHarness(new SettingsBuilder().live());
        h.at(1_000, udp(1));

        h.batcher.idle(START_NS + 50 * MS);

        assertThat(h.sent.all).isEmpty();
    }

    @Test
    void shouldNeverMoveTheClockBack() {
        BatcherHarness h = new BatcherHarness(new SettingsBuilder().live());

        h.at(1_000, udp(1));
        h.batcher.idle(START_NS);

        assertThat(h.batcher.clockNs()).isEqualTo(START_NS + 1_000 * MS);
    }

    /** The promise itself, over random captures: what follows a clock was captured after it. */
    @Test
    void shouldKeepThePromiseOfEveryClock() {
        Random random = FuzzBytes.forTest(FlowBatcherClockTest.class).random();
        BatcherHarness h =
                new BatcherHarness(new SettingsBuilder().partitions(4, 2).packetsPerBatch(7));
        List<Long> clockAfterPacket = new ArrayList<>();
        long now = 0;
        long clock = 0;
        for (int i = 0; i < 5_000; i++) {
            now += random.nextInt(20) == 0 ? random.nextInt(20_000) : random.nextInt(30);
            now -= random.nextInt(10) == 0 ? Math.min(now, random.nextInt(100)) : 0;
            clock = Math.max(clock, now);
            clockAfterPacket.add(clock);
            // The place in the capture travels in the payload length.
            h.at(now, udp(1 + random.nextInt(60), i));
        }
        h.end();

        Map<Integer, Long> lastClock = new HashMap<>();
        for (Batch batch : h.sent.all) {
            if (batch.topic() == BatchTopic.PACKETS) {
                checkPromise(batch, lastClock, clockAfterPacket);
            }
        }
    }

    /**
     * A clock c had been stated to this partition. If a packet of it comes later, then c must have
     * been reached by frames before that packet: otherwise it was captured "up to c" and not sent.
     */
    private static void checkPromise(
            Batch batch, Map<Integer, Long> lastClock, List<Long> clockAfterPacket) {
        long stated = lastClock.getOrDefault(batch.partition(), Long.MIN_VALUE);
        for (RecordedBatches.Packet packet : RecordedBatches.packetsOf(batch)) {
            int place = packet.payloadLength();
            if (place > 0) {
                assertThat(clockAfterPacket.get(place - 1)).isGreaterThanOrEqualTo(stated);
            }
            assertThat(batch.clockMs()).isGreaterThanOrEqualTo(packet.ms());
        }
        assertThat(batch.clockMs()).isGreaterThanOrEqualTo(stated);
        lastClock.put(batch.partition(), batch.clockMs());
    }
}
