package io.gatewatch.traffic.session;

import io.gatewatch.traffic.flow.ProtocolNames;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * One row of the table {@code sessions}, as of one revision. Field names are the columns'.
 * Addresses are 4 or 16 bytes in network order; times are nanoseconds since 1970-01-01 UTC.
 */
public final class SessionRow implements Cloneable {
    public static final int NO_VALUE = -1;
    public static final long NO_LONG_VALUE = -1;

    private static final int VERSION = 1;
    private static final byte[] NO_BYTES = new byte[0];
    private static final int MAX_LIST_LENGTH = 1 << 24;

    /** What may still come after this row. */
    public RowKind kind = RowKind.INTERIM;

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

    /** Bits of io.gatewatch.wire.Anomaly and of {@link SessionAnomaly}. */
    public long anomalies;

    /** Bits of {@link SessionFlag}. */
    public int flags;

    /** The packet list, coded as {@link PacketList} says. */
    public byte[] packets = NO_BYTES;

    /** The same row, to be changed apart; what its fields refer to is shared and never changed. */
    public SessionRow copy() {
        try {
            return (SessionRow) clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("rows can be cloned", e);
        }
    }

    /** IANA keyword in lower case, as in the table; the number as text where there is none. */
    public String protocolName() {
        return ProtocolNames.of(protocol);
    }

    /** Whether the session had ended as of this row. */
    public boolean ended() {
        return endReason != EndReason.OPEN;
    }

    /** Whether nothing of the session will change any more. */
    public boolean isFinal() {
        return kind == RowKind.FINAL;
    }

    /** Writes version 1 of the row; {@link #read} reads it. */
    public void write(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        StateCoding.writeConstant(out, kind);
        out.write(sessionId);
        out.writeLong(revision);
        out.writeUTF(communityId);
        out.writeUTF(site);
        out.writeUTF(gateway);
        out.writeByte(protocol);
        out.writeLong(clientMac);
        out.writeLong(serverMac);
        StateCoding.writeSigned(out, vlanId);
        out.writeByte(clientIp.length);
        out.write(clientIp);
        out.writeShort(clientPort);
        out.write(serverIp);
        out.writeShort(serverPort);
        out.writeLong(startTimeNs);
        StateCoding.writeSigned(out, endTimeNs - startTimeNs);
        writeCounts(out);
        StateCoding.writeSigned(out, handshakeRttUs);
        writeText(out, tcpState);
        writeText(out, history);
        StateCoding.writeConstant(out, endReason);
        writeText(out, tunnel);
        writeNames(out);
        StateCoding.write(out, anomalies);
        StateCoding.write(out, flags);
        StateCoding.write(out, packets.length);
        out.write(packets);
    }

    private void writeCounts(DataOutput out) throws IOException {
        StateCoding.write(out, clientPackets);
        StateCoding.write(out, clientPayloadBytes);
        StateCoding.write(out, clientIpBytes);
        StateCoding.write(out, clientRetransmittedPackets);
        StateCoding.write(out, clientRetransmittedBytes);
        StateCoding.write(out, clientMissedBytes);
        StateCoding.write(out, serverPackets);
        StateCoding.write(out, serverPayloadBytes);
        StateCoding.write(out, serverIpBytes);
        StateCoding.write(out, serverRetransmittedPackets);
        StateCoding.write(out, serverRetransmittedBytes);
        StateCoding.write(out, serverMissedBytes);
    }

    private void writeNames(DataOutput out) throws IOException {
        writeText(out, host);
        writeText(out, hostSource);
        StateCoding.writeSigned(out, hostAgeS);
        StateCoding.writeSigned(out, hostTtlS);
        writeText(out, tlsVersion);
        writeText(out, tlsAlpn);
        writeText(out, ja3);
        writeText(out, ja4);
        writeText(out, ja3s);
        writeText(out, application);
        writeText(out, applicationCategory);
        writeText(out, applicationReason);
    }

    /**
     * Reads a row that {@link #write} wrote.
     *
     * @throws IOException if it is of a version that this program does not know
     */
    public static SessionRow read(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException(
                    "session row of version "
                            + version
                            + ": this program reads version "
                            + VERSION);
        }
        SessionRow row = new SessionRow();
        row.kind = StateCoding.readConstant(in, RowKind.VALUES);
        row.sessionId = readBytes(in, SessionId.LENGTH);
        row.revision = in.readLong();
        row.communityId = in.readUTF();
        row.site = in.readUTF();
        row.gateway = in.readUTF();
        row.protocol = in.readUnsignedByte();
        row.clientMac = in.readLong();
        row.serverMac = in.readLong();
        row.vlanId = (int) StateCoding.readSigned(in);
        int addressLength = in.readUnsignedByte();
        row.clientIp = readBytes(in, addressLength);
        row.clientPort = in.readUnsignedShort();
        row.serverIp = readBytes(in, addressLength);
        row.serverPort = in.readUnsignedShort();
        row.startTimeNs = in.readLong();
        row.endTimeNs = row.startTimeNs + StateCoding.readSigned(in);
        row.readCounts(in);
        row.handshakeRttUs = StateCoding.readSigned(in);
        row.tcpState = readText(in);
        row.history = readText(in);
        row.endReason = StateCoding.readConstant(in, EndReason.VALUES);
        row.tunnel = readText(in);
        row.readNames(in);
        row.anomalies = StateCoding.read(in);
        row.flags = StateCoding.readCount(in, Integer.MAX_VALUE);
        row.packets = readBytes(in, StateCoding.readCount(in, MAX_LIST_LENGTH));
        return row;
    }

    private void readCounts(DataInput in) throws IOException {
        clientPackets = StateCoding.read(in);
        clientPayloadBytes = StateCoding.read(in);
        clientIpBytes = StateCoding.read(in);
        clientRetransmittedPackets = StateCoding.read(in);
        clientRetransmittedBytes = StateCoding.read(in);
        clientMissedBytes = StateCoding.read(in);
        serverPackets = StateCoding.read(in);
        serverPayloadBytes = StateCoding.read(in);
        serverIpBytes = StateCoding.read(in);
        serverRetransmittedPackets = StateCoding.read(in);
        serverRetransmittedBytes = StateCoding.read(in);
        serverMissedBytes = StateCoding.read(in);
    }

    private void readNames(DataInput in) throws IOException {
        host = readText(in);
        hostSource = readText(in);
        hostAgeS = (int) StateCoding.readSigned(in);
        hostTtlS = (int) StateCoding.readSigned(in);
        tlsVersion = readText(in);
        tlsAlpn = readText(in);
        ja3 = readText(in);
        ja4 = readText(in);
        ja3s = readText(in);
        application = readText(in);
        applicationCategory = readText(in);
        applicationReason = readText(in);
    }

    private static void writeText(DataOutput out, String text) throws IOException {
        out.writeBoolean(text != null);
        if (text != null) {
            out.writeUTF(text);
        }
    }

    private static String readText(DataInput in) throws IOException {
        return in.readBoolean() ? in.readUTF() : null;
    }

    private static byte[] readBytes(DataInput in, int length) throws IOException {
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }
}
