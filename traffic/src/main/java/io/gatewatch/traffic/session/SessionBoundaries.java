package io.gatewatch.traffic.session;

import java.time.Duration;

/**
 * Where a session ends and where its linger ends, computed from packet times and from watermarks of
 * slices alone, never from when a timer fires. All sums saturate: a time-out after the last instant
 * is never reached.
 */
final class SessionBoundaries {
    private static final int ICMP = 1;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int ICMPV6 = 58;

    private final long tcpIdleNs;
    private final long tcpClosingNs;
    private final long tcpEmbryonicNs;
    private final long udpIdleNs;
    private final long icmpIdleNs;
    private final long otherIdleNs;
    private final long rstLingerNs;
    private final long finLingerNs;
    private final long halfClosedLingerNs;

    SessionBoundaries(SessionSettings settings) {
        tcpIdleNs = nanos(settings.tcpIdle());
        tcpClosingNs = nanos(settings.tcpClosing());
        tcpEmbryonicNs = nanos(settings.tcpEmbryonic());
        udpIdleNs = nanos(settings.udpIdle());
        icmpIdleNs = nanos(settings.icmpIdle());
        otherIdleNs = nanos(settings.otherIdle());
        rstLingerNs = nanos(settings.rstLinger());
        finLingerNs = nanos(settings.finLinger());
        halfClosedLingerNs = nanos(settings.halfClosedLinger());
    }

    private static long nanos(Duration duration) {
        return duration.toNanos();
    }

    /** Whether a packet of this time comes after the time-out of the open session. */
    boolean isIdleAt(int protocol, SessionState state, long packetTimeNs) {
        return packetTimeNs > plus(state.latestPacketNs, timeoutNs(protocol, state));
    }

    /** The watermark that ends the open session. */
    long expiryNs(int protocol, SessionState state) {
        return plus(state.activityNs, timeoutNs(protocol, state));
    }

    /**
     * The same where there are too many sessions: earlier for an embryonic one.
     *
     * @param pressure how often its time-out is halved
     */
    long expiryNs(int protocol, SessionState state, int pressure) {
        long timeoutNs = timeoutNs(protocol, state);
        boolean shorter = pressure > 0 && isEmbryonic(protocol, state);
        return plus(state.activityNs, shorter ? timeoutNs >> pressure : timeoutNs);
    }

    /** Whether nothing more is known of the open session than that somebody has begun it. */
    static boolean isEmbryonic(int protocol, SessionState state) {
        if (state.packets() == 1) {
            return true;
        }
        int marks = state.a.marks | state.b.marks;
        return protocol == TCP && (marks & DirectionState.SENT_MORE_THAN_SYN) == 0;
    }

    /** Whether a packet of this time comes after the linger of the ended session. */
    boolean isBeyondLingerAt(SessionState state, long packetTimeNs) {
        return state.linger == Linger.NONE
                || packetTimeNs > plus(state.lingerFromNs, lingerNs(state.linger));
    }

    /** Whether the session, open or ended, is one that something at this time belongs to. */
    boolean isHeldAt(int protocol, SessionState state, long timeNs) {
        if (state.ended()) {
            return !isBeyondLingerAt(state, timeNs);
        }
        return !isIdleAt(protocol, state, timeNs)
                || timeNs <= plus(state.latestPacketNs, lingerNs(lingerWhenIdle(state)));
    }

    /** Whether the watermark makes the ended session final. */
    boolean isFinalAt(SessionState state, long watermarkNs) {
        return state.linger == Linger.NONE || watermarkNs >= lingerEndNs(state);
    }

    /** The watermark that makes the ended session final. */
    long lingerEndNs(SessionState state) {
        return plus(state.lingerActivityNs, lingerNs(state.linger));
    }

    /** The linger that an open session has if it becomes idle now. */
    static Linger lingerWhenIdle(SessionState state) {
        boolean finOfA = state.a.has(DirectionState.FIN_SEEN);
        boolean finOfB = state.b.has(DirectionState.FIN_SEEN);
        if (finOfA && finOfB) {
            return Linger.AFTER_FINS;
        }
        return finOfA || finOfB ? Linger.HALF_CLOSED : Linger.NONE;
    }

    private long timeoutNs(int protocol, SessionState state) {
        return switch (protocol) {
            case TCP -> tcpTimeoutNs(state);
            case UDP -> udpIdleNs;
            case ICMP, ICMPV6 -> icmpIdleNs;
            default -> otherIdleNs;
        };
    }

    private long tcpTimeoutNs(SessionState state) {
        int marks = state.a.marks | state.b.marks;
        if ((marks & DirectionState.FIN_SEEN) != 0) {
            return tcpClosingNs;
        }
        return (marks & DirectionState.SENT_MORE_THAN_SYN) == 0 ? tcpEmbryonicNs : tcpIdleNs;
    }

    private long lingerNs(Linger linger) {
        return switch (linger) {
            case NONE -> 0;
            case AFTER_RST -> rstLingerNs;
            case AFTER_FINS -> finLingerNs;
            case HALF_CLOSED -> halfClosedLingerNs;
        };
    }

    private static long plus(long timeNs, long durationNs) {
        long sum = timeNs + durationNs;
        return sum < timeNs ? Long.MAX_VALUE : sum;
    }
}
