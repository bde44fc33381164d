package io.gatewatch.traffic.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.traffic.flow.FlowKey;
import io.gatewatch.wire.FlowBlock;
import io.gatewatch.wire.WireFormatException;
import io.gatewatch.wire.WirePacket;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Runs a {@link SessionMachine} for one key: keeps its state, records its rows, and holds its
 * timers against clocks that are moved by hand. Between calls the state goes through its codec, so
 * a field that the codec forgets shows up in whatever test needs it. Checks what every run owes: at
 * most one timer of each kind, none left behind without state, no row twice.
 */
final class SessionHarness implements SessionOutput {
    /** How soon event-time timers fire. */
    enum Timers {
        /** As soon as the watermark of the next slice allows. */
        EAGER,
        /** As soon as a watermark that trails by 100 s allows. */
        LATE,
        /** At the end of the input only. */
        NEVER
    }

    private static final long GRACE_NS = 60 * FlowScript.SECOND_NS;
    private static final long LATE_TIMERS_NS = 100 * FlowScript.SECOND_NS;

    final List<SessionRow> rows = new ArrayList<>();
    final List<SessionRow> reminders = new ArrayList<>();
    private final Set<ByteBuffer> written = new HashSet<>();
    final SessionMachine machine;
    final FlowKey key;
    final SliceContext slice = new SliceContext();
    SessionState state;
    long eventTimerNs = SessionState.NO_TIMER;
    long tickMs = SessionState.NO_TIMER;
    int wakeUps;
    private long steadySequence = 1001;

    private Timers timers = Timers.EAGER;
    private long clockNs = Long.MIN_VALUE;

    SessionHarness(SessionSettings settings, FlowKey key) {
        this.machine = new SessionMachine(settings);
        this.key = key;
        slice.gateway = "gw1";
    }

    /** TCP between 10.0.0.1:40000 (A) and 10.0.0.2:80 (B), one row a session. */
    static SessionHarness tcp() {
        return bounded(FlowScript.key(FlowScript.TCP, 40_000, 80));
    }

    static SessionHarness bounded(FlowKey key) {
        return new SessionHarness(settings(false), key);
    }

    static SessionHarness liveTcp() {
        return new SessionHarness(settings(true), FlowScript.key(FlowScript.TCP, 40_000, 80));
    }

    static SessionSettings settings(boolean interimRows) {
        SessionSettings d = SessionSettings.defaults();
        return new SessionSettings(
                d.tcpIdle(),
                d.tcpClosing(),
                d.tcpEmbryonic(),
                d.udpIdle(),
                d.icmpIdle(),
                d.otherIdle(),
                d.rstLinger(),
                d.finLinger(),
                d.halfClosedLinger(),
                d.firstUpdate(),
                d.updateInterval(),
                d.packetListLimit(),
                d.maxSessions(),
                interimRows,
                false);
    }

    SessionHarness timers(Timers when) {
        timers = when;
        return this;
    }

    /** Plays the slices of a script; each knows the watermark as it was before it. */
    SessionHarness play(String script) {
        for (List<FlowScript.Packet> packets : FlowScript.slices(script)) {
            slice(packets);
        }
        return this;
    }

    SessionHarness slice(List<FlowScript.Packet> packets) {
        long watermarkNs = watermarkNs();
        fireTimers(watermarkNs);
        slice(packets, watermarkNs);
        for (FlowScript.Packet packet : packets) {
            clockNs = Math.max(clockNs, packet.timeNs());
        }
        return this;
    }

    private long watermarkNs() {
        return clockNs == Long.MIN_VALUE ? SliceContext.NO_WATERMARK : clockNs - GRACE_NS;
    }

    private void fireTimers(long watermarkNs) {
        switch (timers) {
            case EAGER -> fireUpTo(watermarkNs);
            case LATE ->
                    fireUpTo(
                            Math.max(watermarkNs, Long.MIN_VALUE + LATE_TIMERS_NS)
                                    - LATE_TIMERS_NS);
            case NEVER -> {}
        }
    }

    SessionHarness slice(List<FlowScript.Packet> packets, long watermarkNs) {
        return slice(FlowScript.block(key, packets), watermarkNs);
    }

    SessionHarness slice(FlowBlock block, long watermarkNs) {
        slice.watermarkNs = watermarkNs;
        apply(block);
        state = throughCodec(state);
        checkTimers();
        return this;
    }

    /** The machine alone, without the checks of this harness. */
    void apply(FlowBlock block) {
        try {
            state = machine.onFlow(key, state, block, slice, this);
        } catch (WireFormatException e) {
            throw new AssertionError(e);
        }
    }

    /** Data of A that B acknowledges, in order, each call going on where the last one ended. */
    FlowBlock steadySlice(int count) {
        List<FlowScript.Packet> packets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long acknowledged = steadySequence + (i % 2 == 0 ? 0 : 10);
            packets.add(
                    new FlowScript.Packet(
                            FlowScript.BASE_NS + steadySequence,
                            i % 2 != 0,
                            WirePacket.ACK,
                            i % 2 == 0 ? steadySequence : 5001,
                            i % 2 == 0 ? 5001 : acknowledged,
                            i % 2 == 0 ? 10 : 0,
                            1024));
            steadySequence = acknowledged;
        }
        return FlowScript.block(key, packets);
    }

    /** The watermark comes to that many seconds of the script; timers that are due fire. */
    SessionHarness watermark(double seconds) {
        fireUpTo(FlowScript.at(seconds));
        return this;
    }

    /** The end of a bounded run. */
    SessionHarness end() {
        fireUpTo(Long.MAX_VALUE);
        assertThat(state).as("state behind the end of the input").isNull();
        return this;
    }

    private void fireUpTo(long watermarkNs) {
        while (eventTimerNs != SessionState.NO_TIMER && eventTimerNs <= watermarkNs) {
            eventTimerNs = SessionState.NO_TIMER;
            wakeUps++;
            state = throughCodec(machine.onEventTime(key, state, watermarkNs, this));
            checkTimers();
        }
    }

    /** The wall clock comes to this time; a tick that is due fires once. */
    SessionHarness tick(long processingTimeMs, double watermarkSeconds) {
        if (tickMs != SessionState.NO_TIMER && tickMs <= processingTimeMs) {
            tickMs = SessionState.NO_TIMER;
            long watermarkNs = FlowScript.at(watermarkSeconds);
            state = throughCodec(machine.onTick(key, state, watermarkNs, processingTimeMs, this));
            checkTimers();
        }
        return this;
    }

    private void checkTimers() {
        if (state == null) {
            assertThat(eventTimerNs)
                    .as("event timer without state")
                    .isEqualTo(SessionState.NO_TIMER);
            assertThat(tickMs).as("tick without state").isEqualTo(SessionState.NO_TIMER);
        } else {
            assertThat(eventTimerNs).as("event timer").isEqualTo(state.eventTimerNs);
            assertThat(eventTimerNs).as("event timer").isNotEqualTo(SessionState.NO_TIMER);
            assertThat(tickMs).as("tick").isEqualTo(state.tickMs);
        }
    }

    SessionRow row() {
        assertThat(rows).as("rows").hasSize(1);
        return rows.get(0);
    }

    SessionRow lastRow() {
        return rows.get(rows.size() - 1);
    }

    @Override
    public void emit(SessionRow row) {
        assertThat(written.add(bytesOf(row))).as("row written for the first time").isTrue();
        rows.add(row);
    }

    @Override
    public void remind(SessionRow row) {
        reminders.add(row);
    }

    @Override
    public void wakeAtEventTime(long timeNs, long replacedNs) {
        assertThat(replacedNs).as("replaced event timer").isEqualTo(eventTimerNs);
        eventTimerNs = timeNs;
    }

    @Override
    public void cancelEventTime(long timeNs) {
        assertThat(timeNs).as("cancelled event timer").isEqualTo(eventTimerNs);
        eventTimerNs = SessionState.NO_TIMER;
    }

    @Override
    public void wakeAtProcessingTime(long timeMs) {
        assertThat(tickMs).as("tick set before").isEqualTo(SessionState.NO_TIMER);
        tickMs = timeMs;
    }

    @Override
    public void cancelProcessingTime(long timeMs) {
        assertThat(timeMs).as("cancelled tick").isEqualTo(tickMs);
        tickMs = SessionState.NO_TIMER;
    }

    /** All columns of a row, for comparisons of whole runs. */
    static ByteBuffer bytesOf(SessionRow row) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            row.write(new DataOutputStream(bytes));
            return ByteBuffer.wrap(bytes.toByteArray());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static SessionState throughCodec(SessionState state) {
        if (state == null) {
            return null;
        }
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            state.copy().write(new DataOutputStream(bytes));
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
            SessionState read = SessionState.read(in);
            assertThat(in.available()).as("bytes left behind the state").isZero();
            return read;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
