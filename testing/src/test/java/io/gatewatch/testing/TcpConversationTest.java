package io.gatewatch.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class TcpConversationTest {
    private static final int FLAGS_OFFSET = 14 + 20 + 13;
    private static final int SEQUENCE_OFFSET = 14 + 20 + 4;
    private static final int SOURCE_PORT_OFFSET = 14 + 20;

    @Test
    void shouldNumberAWholeExchange() {
        TcpConversation talk =
                TcpConversation.between("192.0.2.1", 40000, "198.51.100.2", 80)
                        .handshake()
                        .clientSends("hello")
                        .serverSends(1500)
                        .clientAcknowledges()
                        .close();

        assertThat(lines(talk))
                .containsExactly(
                        "40000 S 1000/0",
                        "80 SA 500000/1001",
                        "40000 A 1001/500001",
                        "40000 PA 1001/500001",
                        "80 A 500001/1006",
                        "80 PA 501461/1006",
                        "40000 A 1006/501501",
                        "40000 FA 1006/501501",
                        "80 FA 501501/1007",
                        "40000 A 1007/501502");
    }

    @Test
    void shouldWrapSequenceNumbers() {
        TcpConversation talk =
                TcpConversation.between("192.0.2.1", 40000, "198.51.100.2", 80)
                        .sequenceNumbers(0xFFFF_FFFFL, 0xFFFF_FFF0L)
                        .handshake()
                        .serverSends(100)
                        .clientAcknowledges();

        assertThat(lines(talk))
                .containsExactly(
                        "40000 S 4294967295/0",
                        "80 SA 4294967280/0",
                        "40000 A 0/4294967281",
                        "80 PA 4294967281/0",
                        "40000 A 0/85");
    }

    @Test
    void shouldLoseRepeatAndSwap() {
        TcpConversation talk =
                TcpConversation.between("192.0.2.1", 40000, "198.51.100.2", 80)
                        .clientSends("a")
                        .captured(false)
                        .clientSends("lost")
                        .captured(true)
                        .clientSends("b")
                        .swapLastTwo()
                        .repeatLast()
                        .repeat(0)
                        .clientResets();

        assertThat(lines(talk))
                .containsExactly(
                        "40000 PA 1005/500000",
                        "40000 PA 1000/500000",
                        "40000 PA 1000/500000",
                        "40000 PA 1005/500000",
                        "40000 R 1006/0");
    }

    @Test
    void shouldKeepTime() {
        List<TimedFrame> frames =
                TcpConversation.between("192.0.2.1", 40000, "198.51.100.2", 80)
                        .at(5_000)
                        .step(10)
                        .clientSyn()
                        .serverSynAck()
                        .pause(-100)
                        .serverResets()
                        .frames();

        assertThat(frames).extracting(TimedFrame::timeNs).containsExactly(5_000L, 5_010L, 4_920L);
    }

    @Test
    void shouldSpeakIpv6AndVlans() {
        List<TimedFrame> frames =
                TcpConversation.between("2001:db8::1", 40000, "2001:db8::2", 80)
                        .vlan(7)
                        .clientSyn()
                        .frames();

        assertThat(Hex.text(frames.get(0).bytes()))
                .startsWith("02 00 00 00 00 fe 02 00 00 00 00 01 81 00 00 07\n86 dd 60");
    }

    /** Source port, flags, sequence and acknowledgement numbers of frames without tags. */
    private static List<String> lines(TcpConversation talk) {
        return talk.frames().stream().map(frame -> line(ByteBuffer.wrap(frame.bytes()))).toList();
    }

    private static String line(ByteBuffer frame) {
        StringBuilder flags = new StringBuilder();
        for (int bit = 0; bit < 8; bit++) {
            if ((frame.get(FLAGS_OFFSET) >> bit & 1) != 0) {
                flags.append("FSRPAUEC".charAt(bit));
            }
        }
        return (frame.getShort(SOURCE_PORT_OFFSET) & 0xFFFF)
                + " "
                + flags
                + " "
                + Integer.toUnsignedString(frame.getInt(SEQUENCE_OFFSET))
                + "/"
                + Integer.toUnsignedString(frame.getInt(SEQUENCE_OFFSET + 4));
    }
}
