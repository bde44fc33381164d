package io.gatewatch.traffic.session;

import io.gatewatch.wire.WirePacket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes the history of a TCP connection in Zeek's letters, upper case for the client, lower case
 * for the server:
 *
 * <pre>
 * S SYN   H SYN+ACK   A pure ACK   D data   F FIN   R RST   I FIN with RST   Q SYN with FIN or RST
 * T retransmitted data   G content gap   W window of zero   ^ the direction was turned round
 * </pre>
 *
 * A, D, I and Q are written once a side; S with H, F and R again when their sequence number differs
 * from the last one's; T, G and W at the 1st, 10th, 100th … time. C (bad checksum) is not known
 * here: the record does not carry checksums. At most {@link #MAX_LENGTH} letters are kept, the
 * first ones.
 */
final class History {
    static final int MAX_LENGTH = 255;

    private static final int INITIAL_LENGTH = 12;

    // Bits of DirectionState.letters.
    private static final int SYN = 1;
    private static final int FIN = 1 << 1;
    private static final int RST = 1 << 2;
    private static final int DATA = 1 << 3;
    private static final int ACK = 1 << 4;
    private static final int FIN_RST = 1 << 5;
    private static final int MULTI_FLAG = 1 << 6;

    private static final int CONTROL_FLAGS = WirePacket.SYN | WirePacket.FIN | WirePacket.RST;

    private History() {}

    /** Letters that the flags and the length of a segment stand for. */
    static void segment(SessionState state, DirectionState own, WirePacket packet) {
        int control = packet.tcpFlags & CONTROL_FLAGS;
        if (control == 0) {
            if (packet.payloadLength > 0) {
                once(state, own, DATA, 'D');
            } else if ((packet.tcpFlags & WirePacket.ACK) != 0) {
                once(state, own, ACK, 'A');
            }
            return;
        }
        controlSegment(state, own, packet, control);
    }

    private static void controlSegment(
            SessionState state, DirectionState own, WirePacket packet, int control) {
        int sequence = (int) packet.sequence;
        switch (control) {
            case WirePacket.SYN -> {
                char letter = (packet.tcpFlags & WirePacket.ACK) != 0 ? 'H' : 'S';
                whenNew(state, own, SYN, letter, sequence == own.lastSynSequence);
                own.lastSynSequence = sequence;
            }
            case WirePacket.FIN -> {
                int end = sequence + packet.payloadLength;
                whenNew(state, own, FIN, 'F', end == own.lastFinSequence);
                own.lastFinSequence = end;
            }
            case WirePacket.RST -> {
                whenNew(state, own, RST, 'R', sequence == own.lastRstSequence);
                own.lastRstSequence = sequence;
            }
            default -> {
                boolean finAndRst =
                        (control & WirePacket.FIN) != 0 && (control & WirePacket.RST) != 0;
                if (finAndRst) {
                    once(state, own, FIN_RST, 'I');
                } else {
                    once(state, own, MULTI_FLAG, 'Q');
                }
            }
        }
    }

    static void retransmission(SessionState state, DirectionState own) {
        own.retransmissions++;
        if (isPowerOfTen(own.retransmissions)) {
            add(state, own, 'T');
        }
    }

    /** A gap in what {@code own} sent became apparent. */
    static void contentGap(SessionState state, DirectionState own) {
        own.contentGaps++;
        if (isPowerOfTen(own.contentGaps)) {
            add(state, own, 'G');
        }
    }

    static void zeroWindow(SessionState state, DirectionState own) {
        own.zeroWindows++;
        if (isPowerOfTen(own.zeroWindows)) {
            add(state, own, 'W');
        }
    }

    static void flip(SessionState state) {
        append(state, '^');
    }

    private static void once(SessionState state, DirectionState own, int bit, char letter) {
        if ((own.letters & bit) == 0) {
            own.letters |= bit;
            add(state, own, letter);
        }
    }

    private static void whenNew(
            SessionState state, DirectionState own, int bit, char letter, boolean sameAsLast) {
        if ((own.letters & bit) == 0 || !sameAsLast) {
            own.letters |= bit;
            add(state, own, letter);
        }
    }

    private static void add(SessionState state, DirectionState own, char letter) {
        append(state, own == state.client() ? letter : (char) (letter | 0x20));
    }

    private static void append(SessionState state, char letter) {
        int length = state.historyLength;
        if (length == MAX_LENGTH) {
            return;
        }
        if (length == state.history.length) {
            int roomier = Math.min(MAX_LENGTH, Math.max(INITIAL_LENGTH, 2 * length));
            state.history = Arrays.copyOf(state.history, roomier);
        }
        state.history[length] = (byte) letter;
        state.historyLength = length + 1;
    }

    private static boolean isPowerOfTen(int count) {
        int rest = count;
        while (rest >= 10 && rest % 10 == 0) {
            rest /= 10;
        }
        return rest == 1;
    }

    static String text(SessionState state) {
        return new String(state.history, 0, state.historyLength, StandardCharsets.US_ASCII);
    }
}
