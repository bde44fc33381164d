package io.gatewatch.traffic.session;

/**
 * How many sessions are held at most, and what changes before that: from half of the limit on,
 * time-outs of embryonic sessions are halved with every further eighth.
 */
final class SessionLimit {
    private static final int STEPS = 4;

    /** Of the limit, an eighth is given up at once: choosing looks at all sessions. */
    private static final int SURPLUS_DIVISOR = 8;

    private final long max;
    private final long half;
    private final long step;
    private final SessionCounters counters;

    SessionLimit(int maxSessions, SessionCounters counters) {
        this.max = maxSessions;
        this.half = maxSessions / 2;
        this.step = Math.max(1, (max - half) / STEPS);
        this.counters = counters;
    }

    boolean isReached() {
        return counters.held() >= max;
    }

    /** How many sessions to give up once the limit is reached. */
    int surplus() {
        return (int) Math.max(1, max / SURPLUS_DIVISOR + counters.held() - max);
    }

    /** How often the time-outs of embryonic sessions are halved: 0 to 4. */
    int pressure() {
        long held = counters.held();
        return held < half ? 0 : (int) Math.min(STEPS, 1 + (held - half) / step);
    }
}
