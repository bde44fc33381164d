package io.gatewatch.job;

import io.gatewatch.traffic.session.EndReason;
import io.gatewatch.traffic.session.RowKind;
import io.gatewatch.traffic.session.SessionFlag;
import io.gatewatch.traffic.session.SessionRow;
import io.gatewatch.wire.Anomaly;

/** Rows for tests of sinks. */
public final class Rows {
    /** 2026-01-01T00:00:00.123456789Z. */
    public static final long START_NS = 1_767_225_600_123_456_789L;

    private Rows() {}

    /** A row with every field set that assembly can set. */
    public static SessionRow full() {
        SessionRow row = sparse();
        row.clientMac = 0x0200_0000_0001L;
        row.serverMac = 0x0200_0000_00FEL;
        row.vlanId = 7;
        row.handshakeRttUs = 1_500;
        row.tcpState = "SF";
        row.history = "ShADadFf";
        row.tunnel = "vxlan:42";
        row.anomalies = Anomaly.values()[0].bit() | Anomaly.values()[1].bit();
        row.flags = SessionFlag.MIDSTREAM.bit() | SessionFlag.GAP.bit();
        // Header: TCP, the client is end A. Then SYN from A at 0, SYN+ACK from B 1 ms later.
        row.packets = new byte[] {2, 0, 0, 2, (byte) 0xD0, 0x0F, 1, 0x12};
        return row;
    }

    /** A row without anything that may be missing. */
    public static SessionRow sparse() {
        SessionRow row = new SessionRow();
        row.kind = RowKind.FINAL;
        row.sessionId = id(1);
        row.revision = 29;
        row.communityId = "1:LQU9qZlK+B5F3KDmev6m5PMibrg=";
        row.site = "site";
        row.gateway = "gateway";
        row.protocol = 6;
        row.clientIp = new byte[] {(byte) 192, 0, 2, 1};
        row.clientPort = 50_000;
        row.serverIp = new byte[] {0x20, 1, 0xD, (byte) 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
        row.serverPort = 443;
        row.startTimeNs = START_NS;
        row.endTimeNs = START_NS + 2_500_000_000L;
        row.clientPackets = 4;
        row.clientPayloadBytes = 100;
        row.clientIpBytes = 260;
        row.serverPackets = 3;
        row.serverPayloadBytes = 900;
        row.serverIpBytes = 1_080;
        row.clientRetransmittedPackets = 1;
        row.clientRetransmittedBytes = 50;
        row.serverMissedBytes = 1_400;
        row.endReason = EndReason.FIN;
        return row;
    }

    /** A row of another session. */
    public static SessionRow of(int number, long revision) {
        SessionRow row = sparse();
        row.sessionId = id(number);
        row.revision = revision;
        return row;
    }

    private static byte[] id(int number) {
        byte[] id = new byte[16];
        id[0] = 1;
        id[15] = (byte) number;
        return id;
    }
}
