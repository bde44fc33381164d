package io.gatewatch.fuzzing;

import io.gatewatch.traffic.flow.FlowKey;
import io.gatewatch.traffic.session.SessionMachine;
import io.gatewatch.traffic.session.SessionOutput;
import io.gatewatch.traffic.session.SessionRow;
import io.gatewatch.traffic.session.SessionSettings;
import io.gatewatch.traffic.session.SessionState;
import io.gatewatch.traffic.session.SliceContext;
import io.gatewatch.wire.FlowBlock;
import io.gatewatch.wire.FlowPath;
import io.gatewatch.wire.PacketBatch;
import io.gatewatch.wire.WireFormatException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Assembles sessions of any number of flows, as the job does, and holds what comes out against what
 * went in: every packet and byte is in the last row of exactly one session. Between slices every
 * state goes through its serialised form.
 */
final class SessionTable implements SessionOutput {
    /** How far a partition's watermark trails its clock. */
    static final long GRACE_NS = 60_000_000_000L;

    private static final long NO_CLOCK = Long.MIN_VALUE;

    private final SessionMachine machine = new SessionMachine(SessionSettings.defaults());
    private final Map<FlowKey, SessionState> states = new HashMap<>();
    private final PacketBatch batch = new PacketBatch();
    private final SliceContext slice = new SliceContext();
    private long clockNs = NO_CLOCK;
    private final Map<ByteBuffer, SessionRow> rows = new HashMap<>();
    private long packetsIn;
    private long payloadIn;

    /** Takes a batch that passed its check. */
    void take(byte[] bytes, int length) throws WireFormatException {
        count(bytes, length);
        batch.wrap(bytes, 0, length);
        slice.gateway = batch.head().gateway;
        slice.watermarkNs =
                clockNs < Long.MIN_VALUE + GRACE_NS
                        ? SliceContext.NO_WATERMARK
                        : clockNs - GRACE_NS;
        while (batch.nextFlow()) {
            FlowBlock flow = batch.flow();
            int vlan = flow.flow().keyVlan == FlowPath.NO_VLAN ? -1 : flow.flow().keyVlan;
            FlowKey key = FlowKey.of(batch.head().site, flow.flow(), vlan);
            keep(key, machine.onFlow(key, states.get(key), flow, slice, this));
        }
        clockNs = Math.max(clockNs, batch.head().clockNs);
    }

    private void count(byte[] bytes, int length) throws WireFormatException {
        batch.wrap(bytes, 0, length);
        while (batch.nextFlow()) {
            while (batch.flow().packets().next()) {
                packetsIn++;
                payloadIn += batch.flow().packets().packet().payloadLength;
            }
        }
    }

    /** The end of a bounded run: everything becomes final, and the sums must be right. */
    void finish() {
        for (Map.Entry<FlowKey, SessionState> open : Map.copyOf(states).entrySet()) {
            FlowKey key = open.getKey();
            keep(key, machine.onEventTime(key, open.getValue(), Long.MAX_VALUE, this));
        }
        Expect.that(states.isEmpty(), "no state is left behind the end");
        long packetsOut = 0;
        long payloadOut = 0;
        for (SessionRow row : rows.values()) {
            Expect.that(row.ended(), "the last row of a session says that it ended");
            packetsOut += row.clientPackets + row.serverPackets;
            payloadOut += row.clientPayloadBytes + row.serverPayloadBytes;
        }
        Expect.that(packetsIn == packetsOut, packetsIn + " packets in, " + packetsOut + " out");
        Expect.that(payloadIn == payloadOut, payloadIn + " bytes in, " + payloadOut + " out");
    }

    private void keep(FlowKey key, SessionState state) {
        if (state == null) {
            states.remove(key);
        } else {
            states.put(key, throughItsBytes(state));
        }
    }

    private static SessionState throughItsBytes(SessionState state) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            state.write(new DataOutputStream(bytes));
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
            SessionState read = SessionState.read(in);
            Expect.that(in.available() == 0, "a state is read to its end");
            return read;
        } catch (IOException e) {
            throw new IllegalStateException("a written state cannot be read", e);
        }
    }

    @Override
    public void emit(SessionRow row) {
        Expect.that(row.endTimeNs >= row.startTimeNs || row.flags != 0, "ends behind its start");
        Expect.that(
                row.clientRetransmittedBytes <= row.clientPayloadBytes
                        && row.serverRetransmittedBytes <= row.serverPayloadBytes,
                "no more is sent again than was sent");
        Expect.that(
                row.clientMissedBytes >= 0 && row.serverMissedBytes >= 0,
                "missed bytes are not negative");
        Expect.that(row.history == null || row.history.length() <= 255, "history fits its column");
        SessionRow before = rows.put(ByteBuffer.wrap(row.sessionId), row);
        Expect.that(before == null || before.revision <= row.revision, "revisions never fall");
    }

    @Override
    public void remind(SessionRow row) {}

    @Override
    public void wakeAtEventTime(long timeNs, long replacedNs) {}

    @Override
    public void cancelEventTime(long timeNs) {}

    @Override
    public void wakeAtProcessingTime(long timeMs) {}

    @Override
    public void cancelProcessingTime(long timeMs) {}
}
