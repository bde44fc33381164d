package io.gatewatch.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.gatewatch.testing.FuzzBytes;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Any bytes are read or refused: nothing else is thrown, and neither costs more than the bytes. */
class HostileBytesTest {
    private static final int RUNS = 60_000;

    /**
     * Objects for interfaces, paths and texts, and a message: all of them have bytes behind them.
     */
    private static final int MAX_ALLOCATED_PER_BYTE = 64;

    private static final int MAX_ALLOCATED_BESIDES = 4_096;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final FuzzBytes fuzz = FuzzBytes.forTest(HostileBytesTest.class);
    private final PacketBatch batch = new PacketBatch();
    private int refused;

    @Test
    void shouldReadOrRefuseMutatedBatches() {
        List<byte[]> seeds =
                List.of(
                        GoldenBytesTest.bytes(GoldenBytesTest.EVERY_FIELD),
                        GoldenBytesTest.bytes(GoldenBytesTest.PUNCTUATION),
                        GoldenBytesTest.bytes(GoldenBytesTest.IPV6_IN_TUNNELS),
                        GoldenBytesTest.bytes(GoldenBytesTest.NEWER_AGENT),
                        GoldenBytesTest.bytes(GoldenBytesTest.REPORTS),
                        new RandomBatch(fuzz.random()).next().encode());
        for (int i = 0; i < RUNS; i++) {
            readAll(fuzz.mutate(seeds.get(i % seeds.size())));
        }
        assertThat(refused).isBetween(RUNS / 4, RUNS - RUNS / 50); // both ways are taken
    }

    @Test
    void shouldRefuseRandomBytesBehindAMagicNumber() {
        byte[] head = GoldenBytesTest.bytes(GoldenBytesTest.PUNCTUATION);
        for (int i = 0; i < RUNS; i++) {
            byte[] bytes = fuzz.bytes(300);
            int kept = Math.min(bytes.length, fuzz.random().nextInt(head.length));
            System.arraycopy(head, 0, bytes, 0, kept);
            readAll(bytes);
        }
        assertThat(refused).isGreaterThan(RUNS * 9 / 10);
    }

    @Test
    void shouldStayInsideOfItsRange() {
        byte[] golden = GoldenBytesTest.bytes(GoldenBytesTest.EVERY_FIELD);
        for (int length = 0; length < golden.length; length++) {
            byte[] cut = golden.clone(); // the rest is there, and must not be looked at
            int end = length;
            assertThatThrownBy(() -> batch.check(cut, 0, end))
                    .as("cut at %d", length)
                    .isInstanceOf(WireFormatException.class);
        }
    }

    @Test
    void shouldAllocateNothingForCountsThatAreOnlyClaimed() {
        byte[] bytes = GoldenBytesTest.bytes(GoldenBytesTest.PUNCTUATION);
        for (int offset :
                new int[] {BatchLayout.FLOW_COUNT_OFFSET, BatchLayout.PACKET_COUNT_OFFSET}) {
            byte[] claiming = bytes.clone();
            claiming[offset] = 0x7F;
            claiming[offset + 1] = (byte) 0xFF;
            int before = refused;

            readAll(claiming);

            assertThat(refused).isEqualTo(before + 1);
        }
    }

    /** As a consumer does: whole check first, then once more for what passed. */
    private void readAll(byte[] bytes) {
        boolean sound = passes(bytes);
        // Measured in a repetition: what puts a message together is linked when first used.
        long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        boolean soundAgain = passes(bytes);
        long allocated = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertThat(soundAgain).isEqualTo(sound);
        assertThat(allocated)
                .as("bytes allocated for %d, seed %d", bytes.length, fuzz.seed())
                .isLessThan(MAX_ALLOCATED_BESIDES + (long) bytes.length * MAX_ALLOCATED_PER_BYTE);
        if (!sound) {
            refused++;
            return;
        }
        try {
            int packets = 0;
            batch.wrap(bytes, 0, bytes.length);
            while (batch.nextFlow()) {
                ReportCursor reports = batch.flow().reports();
                while (reports.next()) {
                    assertThat(reports.position())
                            .isBetween(0, batch.flow().packets().packetCount());
                }
                while (batch.flow().packets().next()) {
                    packets++;
                    touch(batch.flow().packets().packet());
                }
            }
            assertThat(packets).isEqualTo(batch.head().packetCount);
            assertThat(packets).isLessThanOrEqualTo(bytes.length / BatchLayout.MIN_PACKET_LENGTH);
        } catch (WireFormatException e) {
            throw new AssertionError("refused after it had passed, seed " + fuzz.seed(), e);
        }
    }

    private boolean passes(byte[] bytes) {
        try {
            batch.check(bytes, 0, bytes.length);
            return true;
        } catch (WireFormatException e) {
            return false;
        }
    }

    /** All ranges that a packet states are inside of its arrays. */
    private static void touch(WirePacket p) {
        requireInside(p.options, p.optionsOffset, p.optionsLength);
        requireInside(p.prefix, p.prefixOffset, p.prefixLength);
        requireInside(p.tail, p.tailOffset, p.tailLength);
        requireInside(p.extensions, p.extensionsOffset, p.extensionsLength);
        assertThat(p.sequence >>> 32 | p.acknowledgement >>> 32 | p.window >>> 16).isZero();
        assertThat(p.ipLength | p.payloadLength | p.transportHeaderLength).isNotNegative();
    }

    private static void requireInside(byte[] bytes, int offset, int length) {
        if (length > 0) {
            Objects.checkFromIndexSize(offset, length, bytes.length);
        }
    }
}
