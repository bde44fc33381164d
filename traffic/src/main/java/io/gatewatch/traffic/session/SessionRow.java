package io.gatewatch.traffic.session;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * One row of the table {@code sessions}, as of one revision. Field names are the columns'.
 * Addresses are 4 or 16 bytes in network order; times are nanoseconds since 1970-01-01 UTC.
 */
public final class SessionRow {
    public static final int NO_VALUE = -1;
    public static final long NO_LONG_VALUE = -1;

    /** 16 bytes: 48 bits of start time in milliseconds, 80 bits of hash. */
    public byte[] sessionId;

    public long revision;
    public String communityId;
    public String site;
    public String gateway;

    /** IANA protocol number; {@link #protocolName} is its keyword. */
    public int protocol;

    /** 48 bits, or {@link #NO_LONG_VALUE}. */
    public long clientMac = NO_LONG_VALUE;

    public long serverMac = NO_LONG_VALUE;

    /** Outermost VLAN id, or {@link #NO_VALUE}. */
    public int vlanId = NO_VALUE;

    public byte[] clientIp;
    public int clientPort;
    public byte[] serverIp;
    public int serverPort;
    public long startTimeNs;
    public long endTimeNs;

    public long clientPackets;
    public long clientPayloadBytes;
    public long clientIpBytes;
    public long clientRetransmittedPackets;
    public long clientRetransmittedBytes;
    public long clientMissedBytes;
    public long serverPackets;
    public long serverPayloadBytes;
    public long serverIpBytes;
    public long serverRetransmittedPackets;
    public long serverRetransmittedBytes;
    public long serverMissedBytes;

    /** Microseconds, or {@link #NO_LONG_VALUE}. */
    public long handshakeRttUs = NO_LONG_VALUE;

    /** Zeek's conn_state and history; null for other protocols than TCP. */
    public String tcpState;

    public String history;
    public EndReason endReason;

    /** Kind and id, or null. */
    public String tunnel;

    // Filled by naming and features, null until then.
    public String host;
    public String hostSource;
    public int hostAgeS = NO_VALUE;
    public int hostTtlS = NO_VALUE;
    public String tlsVersion;
    public String tlsAlpn;
    public String ja3;
    public String ja4;
    public String ja3s;
    public String application;
    public String applicationCategory;
    public String applicationReason;

    /** Bits of io.gatewatch.wire.Anomaly. */
    public long anomalies;

    /** Bits of {@link SessionFlag}. */
    public int flags;

    /** The packet list, coded as {@link PacketList} says. */
    public byte[] packets;

    /** IANA keyword in lower case, as in the table; the number as text where there is none. */
    public String protocolName() {
        throw new UnsupportedOperationException();
    }

    /** Whether the session had ended as of this row. */
    public boolean ended() {
        return endReason != EndReason.OPEN;
    }

    public void write(DataOutput out) throws IOException {
        throw new UnsupportedOperationException();
    }

    public static SessionRow read(DataInput in) throws IOException {
        throw new UnsupportedOperationException();
    }
}
