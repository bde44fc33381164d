package io.gatewatch.traffic.session;

import io.gatewatch.traffic.flow.SharedStrings;
import io.gatewatch.wire.FlowPath;
import io.gatewatch.wire.Tunnel;
import io.gatewatch.wire.TunnelKind;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * What is known of the one session that a key holds, open or lingering after its end. Changed in
 * place by {@link SessionMachine} alone; {@link #copy} is deep, for snapshots that copy on write.
 * Times are nanoseconds since 1970-01-01 UTC.
 */
public final class SessionState {
    /** No timer is set. */
    public static final long NO_TIMER = Long.MIN_VALUE;

    /** No row was written yet, or the latest one does not show all that is known. */
    static final long NO_ROW = 0;

    static final int NO_VLAN = -1;
    static final long NO_TUNNEL_ID = -1;
    static final long NO_RTT = -1;

    private static final int VERSION = 1;
    private static final int MAX_LIST_LENGTH = 1 << 24;
    private static final byte[] NO_BYTES = new byte[0];

    /** How the client was found; a better way may still correct it. */
    enum ClientBasis {
        FIRST_PACKET,
        SYN_ACK,
        SYN;

        private static final ClientBasis[] VALUES = values();
    }

    // Set when the session begins, never changed.
    String gateway = "";
    long startTimeNs;
    int firstSequence;
    int ordinal;

    /** The latest start among the sessions of this key that followed one another unexpired. */
    long chainStartNs;

    /** The highest ordinal among them. */
    int chainOrdinal;

    DirectionState a = new DirectionState();
    DirectionState b = new DirectionState();

    // Boundaries.
    long latestPacketNs;

    /** Latest of the packets' times and of the watermarks of the slices that brought them. */
    long activityNs;

    EndReason endReason = EndReason.OPEN;
    Linger linger = Linger.NONE;

    /** Packet time that the linger counts from. */
    long lingerFromNs;

    /** The same, watermarks included: what timers count from. */
    long lingerActivityNs;

    // Timers and rows.
    long eventTimerNs = NO_TIMER;
    long tickMs = NO_TIMER;
    long tickWatermarkNs = NO_TIMER;
    long tickPackets;
    int idleTicks;

    /** Packets that the latest row shows, or {@link #NO_ROW}. */
    long rowPackets = NO_ROW;

    boolean rowEnded;

    // Facts.
    boolean clientIsB;
    ClientBasis clientBasis = ClientBasis.FIRST_PACKET;
    int flags;
    long anomalies;
    int vlanId = NO_VLAN;

    /** Null outside of tunnels. */
    TunnelKind tunnelKind;

    long tunnelId = NO_TUNNEL_ID;
    long handshakeRttUs = NO_RTT;

    byte[] history = NO_BYTES;
    int historyLength;

    byte[] packetList = NO_BYTES;
    int packetListLength;
    int packetListCount;
    long packetListLastUs;

    SessionState() {}

    private SessionState(SessionState other) {
        gateway = other.gateway;
        startTimeNs = other.startTimeNs;
        firstSequence = other.firstSequence;
        ordinal = other.ordinal;
        chainStartNs = other.chainStartNs;
        chainOrdinal = other.chainOrdinal;
        a = other.a.copy();
        b = other.b.copy();
        latestPacketNs = other.latestPacketNs;
        activityNs = other.activityNs;
        endReason = other.endReason;
        linger = other.linger;
        lingerFromNs = other.lingerFromNs;
        lingerActivityNs = other.lingerActivityNs;
        eventTimerNs = other.eventTimerNs;
        tickMs = other.tickMs;
        tickWatermarkNs = other.tickWatermarkNs;
        tickPackets = other.tickPackets;
        idleTicks = other.idleTicks;
        rowPackets = other.rowPackets;
        rowEnded = other.rowEnded;
        clientIsB = other.clientIsB;
        clientBasis = other.clientBasis;
        flags = other.flags;
        anomalies = other.anomalies;
        vlanId = other.vlanId;
        tunnelKind = other.tunnelKind;
        tunnelId = other.tunnelId;
        handshakeRttUs = other.handshakeRttUs;
        history = Arrays.copyOf(other.history, other.history.length);
        historyLength = other.historyLength;
        packetList = Arrays.copyOf(other.packetList, other.packetList.length);
        packetListLength = other.packetListLength;
        packetListCount = other.packetListCount;
        packetListLastUs = other.packetListLastUs;
    }

    public SessionState copy() {
        return new SessionState(this);
    }

    boolean ended() {
        return endReason != EndReason.OPEN;
    }

    long packets() {
        return a.packets + b.packets;
    }

    /** Takes the place where a packet was captured, as far as it is not known yet. */
    void notePath(DirectionState own, FlowPath path) {
        if (own.sourceMac == FlowPath.NO_MAC) {
            own.sourceMac = path.sourceMac();
            own.destinationMac = path.destinationMac();
        }
        if (vlanId == NO_VLAN) {
            vlanId = path.outerVlanId();
        }
        Tunnel tunnel = path.tunnel();
        if (tunnelKind == null && tunnel != null) {
            tunnelKind = tunnel.kind();
            tunnelId = tunnel.id();
        }
    }

    DirectionState client() {
        return clientIsB ? b : a;
    }

    DirectionState server() {
        return clientIsB ? a : b;
    }

    /** Writes version 1 of the state; {@link #read} reads it. */
    public void write(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeUTF(gateway);
        out.writeLong(startTimeNs);
        out.writeInt(firstSequence);
        StateCoding.write(out, ordinal);
        StateCoding.writeSigned(out, chainStartNs - startTimeNs);
        StateCoding.write(out, chainOrdinal);
        a.write(out);
        b.write(out);
        StateCoding.writeSigned(out, latestPacketNs - startTimeNs);
        StateCoding.writeSigned(out, activityNs - startTimeNs);
        StateCoding.writeConstant(out, endReason);
        StateCoding.writeConstant(out, linger);
        StateCoding.writeSigned(out, lingerFromNs - startTimeNs);
        StateCoding.writeSigned(out, lingerActivityNs - startTimeNs);
        out.writeLong(eventTimerNs);
        out.writeLong(tickMs);
        out.writeLong(tickWatermarkNs);
        StateCoding.write(out, tickPackets);
        StateCoding.write(out, idleTicks);
        StateCoding.write(out, rowPackets);
        out.writeBoolean(rowEnded);
        out.writeBoolean(clientIsB);
        StateCoding.writeConstant(out, clientBasis);
        StateCoding.write(out, flags);
        StateCoding.write(out, anomalies);
        StateCoding.writeSigned(out, vlanId);
        out.writeByte(tunnelKind == null ? 0 : tunnelKind.code());
        StateCoding.writeSigned(out, tunnelId);
        StateCoding.writeSigned(out, handshakeRttUs);
        StateCoding.write(out, historyLength);
        out.write(history, 0, historyLength);
        StateCoding.write(out, packetListLength);
        out.write(packetList, 0, packetListLength);
        StateCoding.write(out, packetListCount);
        StateCoding.writeSigned(out, packetListLastUs);
    }

    /**
     * Reads a state that {@link #write} wrote.
     *
     * @throws IOException if it is of a version that this program does not know
     */
    public static SessionState read(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException(
                    "session state of version "
                            + version
                            + ": this program reads version "
                            + VERSION);
        }
        SessionState state = new SessionState();
        state.gateway = SharedStrings.read(in);
        state.startTimeNs = in.readLong();
        state.firstSequence = in.readInt();
        state.ordinal = StateCoding.readCount(in, Integer.MAX_VALUE);
        state.chainStartNs = state.startTimeNs + StateCoding.readSigned(in);
        state.chainOrdinal = StateCoding.readCount(in, Integer.MAX_VALUE);
        state.a = DirectionState.read(in);
        state.b = DirectionState.read(in);
        state.latestPacketNs = state.startTimeNs + StateCoding.readSigned(in);
        state.activityNs = state.startTimeNs + StateCoding.readSigned(in);
        state.endReason = StateCoding.readConstant(in, EndReason.VALUES);
        state.linger = StateCoding.readConstant(in, Linger.VALUES);
        state.lingerFromNs = state.startTimeNs + StateCoding.readSigned(in);
        state.lingerActivityNs = state.startTimeNs + StateCoding.readSigned(in);
        state.eventTimerNs = in.readLong();
        state.tickMs = in.readLong();
        state.tickWatermarkNs = in.readLong();
        state.tickPackets = StateCoding.read(in);
        state.idleTicks = StateCoding.readCount(in, Integer.MAX_VALUE);
        state.rowPackets = StateCoding.read(in);
        state.rowEnded = in.readBoolean();
        state.clientIsB = in.readBoolean();
        state.clientBasis = StateCoding.readConstant(in, ClientBasis.VALUES);
        state.flags = StateCoding.readCount(in, Integer.MAX_VALUE);
        state.anomalies = StateCoding.read(in);
        state.vlanId = (int) StateCoding.readSigned(in);
        int tunnelCode = in.readUnsignedByte();
        state.tunnelKind = tunnelCode == 0 ? null : TunnelKind.ofCode(tunnelCode);
        state.tunnelId = StateCoding.readSigned(in);
        state.handshakeRttUs = StateCoding.readSigned(in);
        state.historyLength = StateCoding.readCount(in, History.MAX_LENGTH);
        state.history = readBytes(in, state.historyLength);
        state.packetListLength = StateCoding.readCount(in, MAX_LIST_LENGTH);
        state.packetList = readBytes(in, state.packetListLength);
        state.packetListCount = StateCoding.readCount(in, Integer.MAX_VALUE);
        state.packetListLastUs = StateCoding.readSigned(in);
        return state;
    }

    private static byte[] readBytes(DataInput in, int length) throws IOException {
        if (length == 0) {
            return NO_BYTES;
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }
}
