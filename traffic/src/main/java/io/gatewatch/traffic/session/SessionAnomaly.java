package io.gatewatch.traffic.session;

import io.gatewatch.wire.Anomaly;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Oddities that only a whole session shows. They share a set of 64 bits with those of packets
 * ({@link Anomaly}, from bit 0 up): these begin at bit {@value #FIRST_BIT}. The ordinal is stored:
 * only ever added to.
 */
public enum SessionAnomaly {
    /** A SYN without ACK carries payload: TCP Fast Open (RFC 7413), or a probe. */
    TCP_SYN_WITH_DATA("tcp_syn_with_data"),
    /**
     * Both sides sent a SYN without ACK: a simultaneous open (RFC 9293, section 3.5), or a server
     * that answers so to look like a client.
     */
    TCP_SIMULTANEOUS_OPEN("tcp_simultaneous_open"),
    /** SYN+ACKs of one side with different sequence numbers: SYN cookies, or a second answerer. */
    TCP_SYN_ACK_CHANGED("tcp_syn_ack_changed"),
    /** A sequence number further ahead than the largest window (RFC 7323, section 2.3). */
    TCP_SEQUENCE_JUMP("tcp_sequence_jump"),
    /** Payload behind the sender's own FIN. */
    TCP_DATA_AFTER_FIN("tcp_data_after_fin"),
    /**
     * New payload of a side that had sent data or a SYN and then a RST: the RST was not its own.
     */
    TCP_DATA_AFTER_RST("tcp_data_after_rst");

    /** Bits below are those of packets. */
    static final int FIRST_BIT = 48;

    private static final long PACKET_BITS = (1L << FIRST_BIT) - 1;

    private static final String[] NAMES;
    private static final long[] BITS;

    static {
        record Named(String name, long bit) {}
        Named[] all = new Named[Anomaly.values().length + values().length];
        int count = 0;
        for (Anomaly anomaly : Anomaly.values()) {
            all[count++] = new Named(anomaly.text(), anomaly.bit());
        }
        for (SessionAnomaly anomaly : values()) {
            all[count++] = new Named(anomaly.text(), anomaly.bit());
        }
        Arrays.sort(all, Comparator.comparing(Named::name));
        NAMES = Arrays.stream(all).map(Named::name).toArray(String[]::new);
        BITS = Arrays.stream(all).mapToLong(Named::bit).toArray();
    }

    private final String text;

    SessionAnomaly(String text) {
        this.text = text;
    }

    /** Name in tables and output. */
    public String text() {
        return text;
    }

    public long bit() {
        return 1L << (FIRST_BIT + ordinal());
    }

    /** What an agent says of a packet, without bits that are not an agent's to set. */
    static long ofPacket(long bits) {
        return bits & PACKET_BITS;
    }

    /** Room that {@link #names} needs at most. */
    public static int count() {
        return NAMES.length;
    }

    /**
     * Puts the names of a session's anomalies, sorted, at the beginning of an array of at least
     * {@link #count()} places. Bits without a name, of agents newer than this program, are left
     * out.
     *
     * @return how many there are
     */
    public static int names(long bits, String[] names) {
        int count = 0;
        for (int i = 0; bits != 0 && i < NAMES.length; i++) {
            if ((bits & BITS[i]) != 0) {
                names[count++] = NAMES[i];
            }
        }
        return count;
    }
}
