package io.gatewatch.capture.batch;

import static io.gatewatch.capture.batch.BatcherHarness.MS;
import static io.gatewatch.capture.batch.BatcherHarness.START_MINUTE;
import static io.gatewatch.capture.batch.BatcherHarness.START_NS;
import static io.gatewatch.capture.batch.BatcherHarness.dns;
import static io.gatewatch.capture.batch.BatcherHarness.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.capture.batch.RecordedBatches.Batch;
import io.gatewatch.testing.FrameBuilder;
import io.gatewatch.testing.FuzzBytes;
import io.gatewatch.testing.Hex;
import io.gatewatch.wire.BatchHead;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A capture minute is that of the clock, and ends before a frame of a later one is counted. */
class FlowBatcherMinuteTest {
    private final BatcherHarness h =
            new BatcherHarness(new SettingsBuilder().partitions(2, 1).live());
    private final List<Ended> ended = new ArrayList<>();

    /** A minute, from {@link BatcherHarness#START_NS} on, and how things stood at its end. */
    private record Ended(
            long minute,
            long captured,
            long shipped,
            int batches,
            int waitingFrames,
            int waitingDecapsulated) {}

    @BeforeEach
    void listen() {
        h.batcher.minutes(
                (minute, frames, decapsulated) ->
                        ended.add(
                                new Ended(
                                        minute - START_MINUTE,
                                        h.counters.captured(),
                                        h.counters.shippedPackets(),
                                        h.sent.all.size(),
                                        frames,
                                        decapsulated)));
    }

    @Test
    void shouldSendAllOfAMinuteBeforeItIsOver() {
        h.at(59_950, udp(1)).at(59_960, dns(1)).at(59_970, udp(2));
        assertThat(ended).isEmpty();

        h.at(60_000, udp(1));

        assertThat(ended).containsExactly(new Ended(0, 3, 3, h.sent.all.size(), 0, 0));
        assertThat(h.sent.all)
                .extracting(Batch::clockMs)
                .as("the frame that ends the minute is not promised")
                .containsOnly(59_970L);
    }

    @Test
    void shouldEndTheLastMinuteWithTheEndMarkers() {
        h.at(0, udp(1)).end();

        assertThat(ended).containsExactly(new Ended(0, 1, 1, 4, 0, 0));
        assertThat(h.sent.endMarkers()).hasSize(3);
    }

    @Test
    void shouldLeaveOutMinutesThatNothingWasCapturedIn() {
        h.at(0, udp(1)).at(600_000, udp(1)).end();

        assertThat(ended).extracting(Ended::minute).containsExactly(0L, 10L);
    }

    @Test
    void shouldEndAMinuteOfAQuietLine() {
        h.at(0, udp(1));

        h.batcher.idle(START_NS + 61_000 * MS);

        assertThat(ended).extracting(Ended::minute).containsExactly(0L);
        assertThat(h.sent.withPackets()).extracting(Batch::clockMs).containsExactly(0L);
        assertThat(h.sent.punctuations())
                .isNotEmpty()
                .allMatch(batch -> batch.head().minute == START_MINUTE + 1);
    }

    @Test
    void shouldCountUnusableTimesInTheMinuteInWhichTheyCome() {
        byte[] frame = udp(1).build();

        h.atNs(-1, frame).at(59_000, frame).atNs(Long.MAX_VALUE, frame);
        h.at(60_000, frame).atNs(-1, frame).end();

        assertThat(ended).extracting(Ended::minute).containsExactly(0L, 1L);
        assertThat(ended).extracting(Ended::captured).containsExactly(3L, 5L);
    }

    @Test
    void shouldEndACaptureWithoutAClockInMinuteZero() {
        h.atNs(-1, udp(1).build()).end();

        assertThat(ended).containsExactly(new Ended(-START_MINUTE, 1, 0, 3, 0, 0));
    }

    @Test
    void shouldEndNoMinuteWhenDiscarded() {
        h.at(0, udp(1));

        h.batcher.discard();

        assertThat(ended).isEmpty();
    }

    @Test
    void shouldSayWhatWaitsForAFirstFragment() {
        byte[] frame = laterFragment(1);

        h.at(59_000, frame).at(59_100, vxlan(laterFragment(2))).at(59_200, vxlan(udp(9).build()));
        h.at(60_000, udp(1)).at(120_000, udp(1)).end();

        assertThat(ended).extracting(Ended::minute).containsExactly(0L, 1L, 2L);
        assertThat(ended).extracting(Ended::waitingFrames).containsExactly(1, 1, 0);
        assertThat(ended).extracting(Ended::waitingDecapsulated).containsExactly(1, 1, 0);
        assertThat(h.counters.fragmentWithoutFirst()).isEqualTo(2);
    }

    /** A fragment belongs to the minute in which its wait ends, and so does its batch. */
    @Test
    void shouldPutAFragmentIntoTheMinuteOfTheFirstOne() {
        h.at(59_900, laterFragment(1)).at(60_050, firstFragment(1)).end();

        assertThat(h.sent.withPackets()).hasSize(1);
        assertThat(h.sent.withPackets().get(0).head().minute).isEqualTo(START_MINUTE + 1);
        assertThat(h.sent.packets())
                .extracting(RecordedBatches.Packet::ms)
                .containsExactly(59_900L, 60_050L);
        assertThat(ended).extracting(Ended::waitingFrames).containsExactly(1, 0);
        assertThat(ended).extracting(Ended::shipped).containsExactly(0L, 2L);
    }

    /**
     * Whatever times do: minutes only grow, and a batch is of the minute of the clock it states.
     */
    @Test
    void shouldNeverGoBackToAnEarlierMinute() {
        Random random = FuzzBytes.forTest(FlowBatcherMinuteTest.class).random();
        long now = 0;
        for (int i = 0; i < 5_000; i++) {
            now += random.nextInt(10) == 0 ? random.nextInt(100_000) : random.nextInt(100);
            now -= random.nextInt(5) == 0 ? Math.min(now, random.nextInt(200_000)) : 0;
            int client = 1 + random.nextInt(50);
            h.at(now, random.nextBoolean() ? udp(client) : dns(client));
        }
        h.end();

        long last = 0;
        int next = 0;
        for (Ended each : ended) {
            assertThat(each.minute).isGreaterThanOrEqualTo(last);
            for (; next < each.batches; next++) {
                BatchHead head = h.sent.all.get(next).head();
                assertThat(head.minute - START_MINUTE).isEqualTo(each.minute);
                assertThat(head.clockNs / (60_000 * MS)).isEqualTo(head.minute);
            }
            last = each.minute + 1;
        }
        assertThat(next).isEqualTo(h.sent.all.size());
        assertThat(h.counters.shippedPackets()).isEqualTo(5_000);
    }

    private static byte[] firstFragment(int identification) {
        byte[] datagram = FrameBuilder.withoutLink().udp(40_000, 9).payload(24).build();
        return fragment(identification, 0, true, Arrays.copyOf(datagram, 16));
    }

    private static byte[] laterFragment(int identification) {
        return fragment(identification, 16, false, new byte[16]);
    }

    private static byte[] fragment(int identification, int at, boolean more, byte[] data) {
        return FrameBuilder.ethernet()
                .ipv4("192.0.2.1", "198.51.100.1")
                .identification(identification)
                .fragment(at, more)
                .protocol(17)
                .payload(data)
                .build();
    }

    private static byte[] vxlan(byte[] frame) {
        byte[] header = Hex.bytes("08000000 00002a00");
        byte[] payload = Arrays.copyOf(header, header.length + frame.length);
        System.arraycopy(frame, 0, payload, header.length, frame.length);
        return FrameBuilder.ethernet()
                .ipv4("10.0.0.1", "10.0.0.2")
                .udp(50_000, 4789)
                .payload(payload)
                .build();
    }
}
