package io.gatewatch.capture.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatewatch.testing.CaptureFileBuilder;
import io.gatewatch.testing.PcapFileBuilder;
import io.gatewatch.wire.CaptureInterface;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CaptureInputTest {

    /** A capture whose frames hold one byte, the mark, and come at these times. */
    private static byte[] capture(int mark, long... timesNs) {
        PcapFileBuilder builder = CaptureFileBuilder.pcap().nanoseconds();
        for (long timeNs : timesNs) {
            builder.packet(timeNs, new byte[] {(byte) mark});
        }
        return builder.toByteArray();
    }

    private static CaptureInput merge(byte[]... files) throws IOException {
        List<CaptureReader> readers = new ArrayList<>();
        for (byte[] file : files) {
            readers.add(CaptureReader.open(new ByteArrayInputStream(file)));
        }
        return new CaptureInput(readers);
    }

    private static List<String> marksAndTimes(CaptureInput input) throws IOException {
        List<String> seen = new ArrayList<>();
        for (ReadFrame frame : ReadFrame.all(input)) {
            seen.add(frame.hex() + "@" + frame.timeNs());
        }
        return seen;
    }

    @Test
    void shouldMergeByTime() throws IOException {
        CaptureInput input = merge(capture(1, 10, 40), capture(2, 20, 30), capture(3, 5, 50));

        assertThat(marksAndTimes(input))
                .containsExactly("03@5", "01@10", "02@20", "02@30", "01@40", "03@50");
    }

    @Test
    void shouldKeepTheOrderGivenForTies() throws IOException {
        CaptureInput input = merge(capture(2, 7, 7, 8), capture(1, 7, 8, 8));

        assertThat(marksAndTimes(input))
                .containsExactly("02@7", "02@7", "01@7", "02@8", "01@8", "01@8");
    }

    @Test
    void shouldKeepTheOrderOfAFileWhoseTimesGoBackward() throws IOException {
        CaptureInput input = merge(capture(1, 30, 10, 20, 60), capture(2, 40, 50));

        assertThat(marksAndTimes(input))
                .containsExactly("01@30", "01@10", "01@20", "02@40", "02@50", "01@60");
    }

    @Test
    void shouldMergeManyCapturesAsASortDoes() throws IOException {
        Random random = new Random(7);
        List<byte[]> files = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (int mark = 0; mark < 33; mark++) {
            long[] times = random.longs(random.nextInt(20), 0, 50).sorted().toArray();
            files.add(capture(mark, times));
            for (long time : times) {
                expected.add(String.format("%02x@%d", mark, time));
            }
        }
        expected.sort(
                Comparator.comparingLong(
                        (String text) -> Long.parseLong(text.substring(text.indexOf('@') + 1))));

        CaptureInput input = merge(files.toArray(new byte[0][]));

        assertThat(marksAndTimes(input)).isEqualTo(expected);
    }

    @Test
    void shouldKeepInterfacesOfFilesApart() throws IOException {
        byte[] first =
                CaptureFileBuilder.pcapng()
                        .section(ByteOrder.LITTLE_ENDIAN)
                        .interfaceOf(1, "eth0", 9)
                        .packet(0, 10, new byte[1])
                        .interfaceOf(1, "eth1", 9)
                        .packet(1, 30, new byte[1])
                        .packet(0, 50, new byte[1])
                        .toByteArray();

        CaptureInput input = merge(first, capture(2, 20, 40));

        assertThat(input.interfaces()).hasSize(2);
        assertThat(ReadFrame.all(input))
                .extracting(ReadFrame::interfaceIndex)
                .containsExactly(0, 1, 2, 1, 0);
        assertThat(input.interfaces())
                .containsExactly(
                        new CaptureInterface("eth0", 1),
                        new CaptureInterface("", 1),
                        new CaptureInterface("eth1", 1));
    }

    @Test
    void shouldGoOnWithTheOthersWhereOneIsCut() throws IOException {
        byte[] whole = capture(1, 10, 20);

        CaptureInput input = merge(Arrays.copyOf(whole, whole.length - 1), capture(2, 15, 25));

        assertThat(marksAndTimes(input)).containsExactly("01@10", "02@15", "02@25");
        assertThat(input.warning()).startsWith("cut short at byte ");
    }

    @Test
    void shouldReadNothingFromNothing() throws IOException {
        assertThat(ReadFrame.all(merge())).isEmpty();
        assertThat(ReadFrame.all(merge(capture(1)))).isEmpty();
    }

    @Test
    void shouldCloseAllReadersWhenOneFailsAtTheStart() throws IOException {
        boolean[] closed = new boolean[1];
        InputStream tracked =
                new ByteArrayInputStream(capture(1, 10)) {
                    @Override
                    public void close() {
                        closed[0] = true;
                    }
                };
        byte[] header = capture(2);
        InputStream failing =
                new InputStream() {
                    private int position;

                    @Override
                    public int read() throws IOException {
                        if (position == header.length) {
                            throw new IOException("disk error");
                        }
                        return header[position++] & 0xFF;
                    }

                    @Override
                    public int read(byte[] into, int offset, int length) throws IOException {
                        into[offset] = (byte) read();
                        return 1;
                    }
                };
        List<CaptureReader> readers =
                List.of(CaptureReader.open(tracked), CaptureReader.open(failing));

        assertThatThrownBy(() -> new CaptureInput(readers))
                .isInstanceOf(IOException.class)
                .hasMessage("disk error");

        assertThat(closed[0]).isTrue();
    }
}
