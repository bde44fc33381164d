package io.gatewatch.dns.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.testing.FuzzBytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DnsStreamTest {
    private static final int FIRST = 0xFFFF_FFF0; // numbers wrap soon

    private final List<byte[]> messages = new ArrayList<>();
    private DnsStream stream = new DnsStream();

    private static byte[] message(int fill, int length) {
        byte[] message = new byte[length];
        Arrays.fill(message, (byte) fill);
        return message;
    }

    private static byte[] framed(byte[]... messages) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] message : messages) {
            bytes.write(message.length >>> 8);
            bytes.write(message.length);
            bytes.writeBytes(message);
        }
        return bytes.toByteArray();
    }

    private void syn() {
        stream.segment(FIRST - 1, true, new byte[0], 0, 0, 0, this::keep);
    }

    private void segment(byte[] all, int from, int to) {
        stream.segment(FIRST + from, false, all, from, to - from, to - from, this::keep);
    }

    private void keep(byte[] bytes, int offset, int length) {
        messages.add(Arrays.copyOfRange(bytes, offset, offset + length));
    }

    @Test
    void shouldCutMessagesWhereverSegmentsEnd() {
        byte[] all = framed(message(1, 12), message(2, 300), message(3, 40));
        for (int size : new int[] {1, 2, 3, 13, 14, 15, 100, all.length}) {
            stream = new DnsStream();
            messages.clear();
            syn();
            for (int at = 0; at < all.length; at += size) {
                segment(all, at, Math.min(all.length, at + size));
            }

            assertThat(messages)
                    .as("segments of %d", size)
                    .containsExactly(message(1, 12), message(2, 300), message(3, 40));
            assertThat(stream.isEmpty()).isTrue();
            assertThat(stream.lostBytes()).isZero();
        }
    }

    @Test
    void shouldPutSegmentsInOrder() {
        byte[] all = framed(message(1, 100), message(2, 100));
        syn();
        segment(all, 150, 204);
        segment(all, 50, 150);
        assertThat(messages).isEmpty();

        segment(all, 0, 50);

        assertThat(messages).containsExactly(message(1, 100), message(2, 100));
        assertThat(stream.lostBytes()).isZero();
    }

    @Test
    void shouldTakeRepeatedBytesOnce() {
        byte[] all = framed(message(1, 100), message(2, 100));
        syn();
        segment(all, 0, 120);
        segment(all, 119, 120); // keep-alive
        segment(all, 60, 140);
        segment(all, 0, 120);
        segment(all, 100, 204);

        assertThat(messages).containsExactly(message(1, 100), message(2, 100));
    }

    @Test
    void shouldReadFromTheMiddleOfAConnection() {
        byte[] all = framed(message(1, 100), message(2, 100));

        segment(all, 102, 204);

        assertThat(messages).containsExactly(message(2, 100));
    }

    @Test
    void shouldGoOnBehindBytesThatWereNotCaptured() {
        byte[] all = framed(message(1, 100), message(2, 100));
        syn();
        stream.segment(FIRST, false, all, 0, 30, 102, this::keep);
        segment(all, 102, 204);

        assertThat(messages).containsExactly(message(2, 100));
        assertThat(stream.lostBytes()).isEqualTo(102);
    }

    @Test
    void shouldGiveUpAGapWhenTooMuchWaits() {
        byte[][] many = new byte[100][];
        for (int i = 0; i < many.length; i++) {
            many[i] = message(i, 98);
        }
        byte[] all = framed(many);
        syn();
        for (int i = 1; i < many.length; i++) { // the first never comes
            segment(all, 100 * i, 100 * i + 100);
        }

        assertThat(messages).hasSize(99);
        assertThat(messages.get(0)).isEqualTo(many[1]);
        assertThat(stream.lostBytes()).isEqualTo(100);
    }

    @Test
    void shouldLeaveOutWhatIsNoMessage() {
        byte[] all = framed(message(1, 3), message(2, 100));
        syn();
        segment(all, 0, all.length);
        byte[] next = framed(message(3, 50));
        stream.segment(FIRST + all.length, false, next, 0, 52, 52, this::keep);

        assertThat(messages).containsExactly(message(3, 50));
        assertThat(stream.lostBytes()).isEqualTo(all.length);
    }

    @Test
    void shouldForgetTheOldConnectionAtASyn() {
        byte[] all = framed(message(1, 100));
        syn();
        segment(all, 0, 50);

        stream.segment(4999, true, new byte[0], 0, 0, 0, this::keep);
        stream.segment(5000, false, all, 0, 102, 102, this::keep);

        assertThat(messages).containsExactly(message(1, 100));
    }

    @Test
    void shouldGoOnAfterItWasWritten() throws IOException {
        byte[] all = framed(message(1, 100), message(2, 100));
        syn();
        segment(all, 150, 204);
        segment(all, 0, 50);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        stream.write(new DataOutputStream(bytes));

        stream = DnsStream.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        segment(all, 50, 150);

        assertThat(messages).containsExactly(message(1, 100), message(2, 100));
    }

    @Test
    void shouldMakeTheSameMessagesInAnyOrderOfArrival() {
        Random random = FuzzBytes.forTest(DnsStreamTest.class).random();
        for (int round = 0; round < 500; round++) {
            byte[][] sent = new byte[1 + random.nextInt(5)][];
            for (int i = 0; i < sent.length; i++) {
                sent[i] = message(i + 1, 12 + random.nextInt(200));
            }
            byte[] all = framed(sent);
            List<int[]> segments = new ArrayList<>();
            for (int at = 0; at < all.length; ) {
                int end = Math.min(all.length, at + 1 + random.nextInt(150));
                segments.add(new int[] {at, end});
                segments.add(new int[] {Math.max(0, at - random.nextInt(20)), end});
                at = end;
            }
            java.util.Collections.shuffle(segments, random);
            stream = new DnsStream();
            messages.clear();
            syn();
            segments.forEach(each -> segment(all, each[0], each[1]));

            assertThat(messages).containsExactly(sent);
        }
    }
}
