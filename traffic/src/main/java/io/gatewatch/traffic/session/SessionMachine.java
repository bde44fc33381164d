package io.gatewatch.traffic.session;

import io.gatewatch.traffic.flow.FlowKey;
import io.gatewatch.wire.FlowBlock;
import io.gatewatch.wire.FlowEntry;
import io.gatewatch.wire.PacketCursor;
import io.gatewatch.wire.ReportCursor;
import io.gatewatch.wire.WireFormatException;
import io.gatewatch.wire.WirePacket;

/**
 * The rules by which packets become sessions. Owns no clock, thread or store: state comes in and
 * goes out, rows and timers go to a {@link SessionOutput}. One instance serves all keys of a
 * thread.
 *
 * <p>A key holds one session:
 *
 * <pre>
 *          RST, both FINs acknowledged,
 *          idle with a FIN seen                 linger over
 *  open ──────────────────────────────► ended ─────────────► final, state given up
 *   │                                     │                    ▲
 *   └──────── idle, a new SYN ────────────┼────────────────────┤
 *                                         └──── a new SYN ─────┘
 * </pre>
 *
 * <p>Where a session ends depends on packet times and on the watermarks of slices, so the outcome
 * is the same whether an event-time timer fires at once, late or never: what a timer would have
 * done is done before the next packet is looked at. Timers only write rows and free state.
 *
 * <p>The number of sessions has a limit. From half of it on, timers of embryonic sessions stand
 * earlier; at the limit, whoever runs the machine chooses with {@link SessionSurplus} and gives up.
 * What is closed so ends as {@link EndReason#RESOURCES}: the one thing that depends on more than
 * the records.
 *
 * <p>Without interim rows each session gives one row, when it is final. With them it gives one when
 * it is due by the wall clock and something has changed, one when it has ended, and a last one when
 * something trailed.
 */
public final class SessionMachine {
    /** A packet this much older than its session's latest is late. */
    private static final long LATE_NS = 1_000_000_000L;

    /** Ticks in a row without a packet or a move of the watermark until a session is closed. */
    private static final int MAX_IDLE_TICKS = 10;

    private static final int TCP = 6;

    private final SessionBoundaries boundaries;
    private final SessionBeginning beginning;
    private final SessionRows rows;
    private final SessionCounters counters = new SessionCounters();
    private final SessionLimit limit;
    private final int packetListLimit;
    private final boolean interimRows;
    private final boolean ignoreMidstream;
    private final long firstUpdateMs;
    private final long updateIntervalMs;

    /** For generation 0: the live job, and runs over files. */
    public SessionMachine(SessionSettings settings) {
        this(settings, 0);
    }

    /**
     * @param generation number of the replay, which its rows' revisions begin with; 0 for others
     */
    public SessionMachine(SessionSettings settings, long generation) {
        boundaries = new SessionBoundaries(settings);
        beginning = new SessionBeginning(boundaries);
        rows = new SessionRows(generation);
        limit = new SessionLimit(settings.maxSessions(), counters);
        packetListLimit = settings.packetListLimit();
        interimRows = settings.interimRows();
        ignoreMidstream = settings.ignoreMidstream();
        firstUpdateMs = settings.firstUpdate().toMillis();
        updateIntervalMs = settings.updateInterval().toMillis();
    }

    public SessionCounters counters() {
        return counters;
    }

    /**
     * Applies the packets and reports of one flow slice in capture order.
     *
     * @param state what the key holds, or null
     * @return what the key holds now (the same object where it goes on), or null
     */
    public SessionState onFlow(
            FlowKey key, SessionState state, FlowBlock flow, SliceContext slice, SessionOutput out)
            throws WireFormatException {
        SessionState current = state;
        PacketCursor packets = flow.packets();
        WirePacket packet = packets.packet();
        ReportCursor reports = flow.reports();
        int reportAt = nextPosition(reports);
        for (int taken = 0; ; taken++) {
            while (reportAt <= taken) {
                current = takeReport(key, current, reports, slice.watermarkNs, out);
                reportAt = nextPosition(reports);
            }
            if (!packets.next()) {
                break;
            }
            if (current != null && isOverBefore(key, current, packet, slice.watermarkNs)) {
                finish(key, current, out);
                current = opens(key, packet) ? begin(key, current, packet, slice) : null;
            } else if (current == null && opens(key, packet)) {
                current = begin(key, null, packet, slice);
            }
            if (current != null) {
                apply(key, current, packet, flow.flow(), slice);
            }
        }
        if (current != null) {
            settle(key, current, slice, out);
        }
        return current;
    }

    /**
     * An event-time timer fired.
     *
     * @param watermarkNs how far event time has come; {@link Long#MAX_VALUE} at the end of a
     *     bounded run
     * @return what the key holds now, or null when its session is final
     */
    public SessionState onEventTime(
            FlowKey key, SessionState state, long watermarkNs, SessionOutput out) {
        if (state == null
                || state.eventTimerNs == SessionState.NO_TIMER
                || watermarkNs < state.eventTimerNs) {
            return state;
        }
        state.eventTimerNs = SessionState.NO_TIMER;
        if (watermarkNs == Long.MAX_VALUE && !state.ended()) {
            end(state, EndReason.END_OF_INPUT, Linger.NONE);
        }
        expire(key, state, watermarkNs);
        if (!state.ended()
                && watermarkNs >= boundaries.expiryNs(key.protocol(), state, limit.pressure())) {
            giveUp(key, state, out);
            return null;
        }
        if (state.ended() && boundaries.isFinalAt(state, watermarkNs)) {
            finish(key, state, out);
            return null;
        }
        if (!writeEnded(key, state, out)) {
            out.remind(rows.rowOf(key, state, kindBeforeFinal(state)));
        }
        arm(key, state, out);
        return state;
    }

    /**
     * A processing-time timer fired: an interim row is due, or the safety net.
     *
     * @return what the key holds now, or null when its session was closed as {@code gateway_gone}
     */
    public SessionState onTick(
            FlowKey key,
            SessionState state,
            long watermarkNs,
            long processingTimeMs,
            SessionOutput out) {
        if (state == null
                || state.tickMs == SessionState.NO_TIMER
                || processingTimeMs < state.tickMs) {
            return state;
        }
        state.tickMs = SessionState.NO_TIMER;
        boolean stoodStill =
                watermarkNs == state.tickWatermarkNs && state.packets() == state.tickPackets;
        state.idleTicks = stoodStill ? state.idleTicks + 1 : 0;
        state.tickWatermarkNs = watermarkNs;
        state.tickPackets = state.packets();
        if (state.idleTicks >= MAX_IDLE_TICKS) {
            if (!state.ended()) {
                end(state, EndReason.GATEWAY_GONE, Linger.NONE);
            }
            finish(key, state, out);
            return null;
        }
        if (hasChanged(state)) {
            write(key, state, kindBeforeFinal(state), out);
        }
        state.tickMs = processingTimeMs + updateIntervalMs;
        out.wakeAtProcessingTime(state.tickMs);
        return state;
    }

    // Too many sessions.

    /** How many sessions to hand to {@link #giveUp} now: 0 below the limit. */
    public int surplus() {
        return limit.isReached() ? limit.surplus() : 0;
    }

    /** How often the time-outs of embryonic sessions are halved now, 0 to 4. */
    public int pressure() {
        return limit.pressure();
    }

    /** Closes a session early, to stay within the limit: its last row, and nothing left of it. */
    public void giveUp(FlowKey key, SessionState state, SessionOutput out) {
        if (!state.ended()) {
            end(state, EndReason.RESOURCES, Linger.NONE);
        }
        counters.countGivenUp();
        finish(key, state, out);
    }

    // Boundaries.

    /** Ends the session if watermark or packet say so; whether it is final before the packet. */
    private boolean isOverBefore(
            FlowKey key, SessionState state, WirePacket packet, long watermarkNs) {
        expire(key, state, watermarkNs);
        if (!state.ended() && boundaries.isIdleAt(key.protocol(), state, packet.timeNs)) {
            endIdle(state);
        }
        if (state.ended()
                && (boundaries.isFinalAt(state, watermarkNs)
                        || boundaries.isBeyondLingerAt(state, packet.timeNs))) {
            return true;
        }
        if (key.protocol() != TCP || !SynRule.startsNew(state, packet)) {
            return false;
        }
        if (state.ended()) {
            counters.countOpenedWhileLingering();
        } else {
            end(state, EndReason.NEW_SYN, Linger.NONE);
        }
        return true;
    }

    /** What the event-time timer does to an open session, whether it has fired or not. */
    private void expire(FlowKey key, SessionState state, long watermarkNs) {
        if (!state.ended() && watermarkNs >= boundaries.expiryNs(key.protocol(), state)) {
            endIdle(state);
        }
    }

    private void endIdle(SessionState state) {
        end(state, EndReason.IDLE, SessionBoundaries.lingerWhenIdle(state));
        state.lingerFromNs = state.latestPacketNs;
        state.lingerActivityNs = state.activityNs;
    }

    private void end(SessionState state, EndReason reason, Linger linger) {
        state.endReason = reason;
        state.linger = linger;
        counters.countEnded(reason);
    }

    // Reports.

    private static int nextPosition(ReportCursor reports) throws WireFormatException {
        return reports.next() ? reports.position() : Integer.MAX_VALUE;
    }

    /**
     * Adds what a report says to the session that is open or lingers at its time. It is no packet:
     * it begins, extends and counts nothing, and no clock of the session moves. What its slice's
     * watermark has ended is ended, as a timer would have done.
     *
     * @return what the key holds now, or null
     */
    private SessionState takeReport(
            FlowKey key,
            SessionState state,
            ReportCursor report,
            long watermarkNs,
            SessionOutput out) {
        SessionState current = state;
        if (current != null) {
            expire(key, current, watermarkNs);
            if (current.ended() && boundaries.isFinalAt(current, watermarkNs)) {
                finish(key, current, out);
                current = null;
            }
        }
        boolean held =
                current != null && boundaries.isHeldAt(key.protocol(), current, report.timeNs());
        counters.countReport(held);
        if (held) {
            long known = current.anomalies;
            current.anomalies |= SessionAnomaly.ofPacket(report.anomalies());
            if (current.anomalies != known) {
                current.rowPackets = SessionState.NO_ROW;
            }
        }
        return current;
    }

    // Packets.

    private boolean opens(FlowKey key, WirePacket packet) {
        if (ignoreMidstream && key.protocol() == TCP && (packet.tcpFlags & WirePacket.SYN) == 0) {
            counters.countIgnoredMidstreamPacket();
            return false;
        }
        return true;
    }

    private SessionState begin(
            FlowKey key, SessionState before, WirePacket packet, SliceContext slice) {
        counters.countOpened();
        return beginning.of(key, before, packet, slice);
    }

    private void apply(
            FlowKey key,
            SessionState state,
            WirePacket packet,
            FlowEntry flow,
            SliceContext slice) {
        boolean tcp = key.protocol() == TCP;
        DirectionState own = packet.fromB ? state.b : state.a;
        if (own.packets == 0 || state.vlanId == SessionState.NO_VLAN) {
            state.notePath(own, flow.paths.get(packet.path));
        }
        own.packets++;
        own.payloadBytes += packet.payloadLength;
        own.ipBytes += packet.ipLength;
        state.anomalies |= SessionAnomaly.ofPacket(packet.anomalies);
        if (slice.gap) {
            state.flags |= SessionFlag.GAP.bit();
        }
        noteTime(state, packet.timeNs, slice.watermarkNs);
        if (state.packetListCount < packetListLimit) {
            PacketList.append(state, packet, tcp);
        }
        if (tcp) {
            TcpTracker.segment(state, packet);
            endByTcp(state, packet, slice.watermarkNs);
        }
    }

    private void noteTime(SessionState state, long timeNs, long watermarkNs) {
        if (state.latestPacketNs - timeNs > LATE_NS) {
            state.flags |= SessionFlag.LATE.bit();
            counters.countLatePacket();
        }
        state.latestPacketNs = Math.max(state.latestPacketNs, timeNs);
        state.activityNs = Math.max(state.activityNs, Math.max(timeNs, watermarkNs));
        if (state.linger == Linger.HALF_CLOSED) {
            state.lingerFromNs = state.latestPacketNs;
            state.lingerActivityNs = state.activityNs;
        }
    }

    private void endByTcp(SessionState state, WirePacket packet, long watermarkNs) {
        boolean rst = (packet.tcpFlags & WirePacket.RST) != 0;
        if (!state.ended()) {
            if (rst) {
                end(state, EndReason.RST, Linger.AFTER_RST);
                state.lingerFromNs = packet.timeNs;
                state.lingerActivityNs = Math.max(packet.timeNs, watermarkNs);
            } else if (state.a.has(DirectionState.FIN_ACKNOWLEDGED)
                    && state.b.has(DirectionState.FIN_ACKNOWLEDGED)) {
                end(state, EndReason.FIN, Linger.AFTER_FINS);
                state.lingerFromNs = packet.timeNs;
                state.lingerActivityNs = Math.max(packet.timeNs, watermarkNs);
            }
        } else if (state.linger == Linger.AFTER_RST
                && (rst || (packet.tcpFlags & WirePacket.SYN) != 0)) {
            // A refused client that tries again is refused again: still one session.
            state.lingerFromNs = Math.max(state.lingerFromNs, packet.timeNs);
            state.lingerActivityNs =
                    Math.max(state.lingerActivityNs, Math.max(packet.timeNs, watermarkNs));
        }
    }

    // Rows and timers.

    private void settle(FlowKey key, SessionState state, SliceContext slice, SessionOutput out) {
        writeEnded(key, state, out);
        arm(key, state, out);
        if (interimRows && state.tickMs == SessionState.NO_TIMER) {
            state.tickMs = slice.processingTimeMs + firstUpdateMs;
            out.wakeAtProcessingTime(state.tickMs);
        }
    }

    /** Sets the event-time timer if there is none, or the boundary has moved before it. */
    private void arm(FlowKey key, SessionState state, SessionOutput out) {
        long boundaryNs =
                state.ended()
                        ? boundaries.lingerEndNs(state)
                        : boundaries.expiryNs(key.protocol(), state, limit.pressure());
        if (state.eventTimerNs == SessionState.NO_TIMER || boundaryNs < state.eventTimerNs) {
            out.wakeAtEventTime(boundaryNs, state.eventTimerNs);
            state.eventTimerNs = boundaryNs;
        }
    }

    private boolean writeEnded(FlowKey key, SessionState state, SessionOutput out) {
        boolean due = interimRows && state.ended() && !state.rowEnded;
        if (due) {
            write(key, state, RowKind.ENDED, out);
        }
        return due;
    }

    private static RowKind kindBeforeFinal(SessionState state) {
        return state.ended() ? RowKind.ENDED : RowKind.INTERIM;
    }

    /** The session is final: its last row, and nothing left of it. */
    private void finish(FlowKey key, SessionState state, SessionOutput out) {
        if (!interimRows || hasChanged(state)) {
            write(key, state, RowKind.FINAL, out);
        } else {
            out.remind(rows.rowOf(key, state, RowKind.FINAL));
        }
        if (state.eventTimerNs != SessionState.NO_TIMER) {
            out.cancelEventTime(state.eventTimerNs);
            state.eventTimerNs = SessionState.NO_TIMER;
        }
        if (state.tickMs != SessionState.NO_TIMER) {
            out.cancelProcessingTime(state.tickMs);
            state.tickMs = SessionState.NO_TIMER;
        }
        counters.countFinished();
    }

    private static boolean hasChanged(SessionState state) {
        return state.packets() != state.rowPackets || state.ended() != state.rowEnded;
    }

    private void write(FlowKey key, SessionState state, RowKind kind, SessionOutput out) {
        out.emit(rows.rowOf(key, state, kind));
        state.rowPackets = state.packets();
        state.rowEnded = state.ended();
    }
}
