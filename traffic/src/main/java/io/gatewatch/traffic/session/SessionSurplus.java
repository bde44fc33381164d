package io.gatewatch.traffic.session;

import java.util.Arrays;

/**
 * Chooses the sessions that are given up where there are too many: first the embryonic ones and
 * those that were refused, then those that have ended and wait for what trails, open ones last; of
 * each kind those that are silent for longest. All sessions are shown to it twice: to {@link
 * #consider} before {@link #choose}, to {@link #includes} after it. Not thread safe.
 */
public final class SessionSurplus {
    private static final int EMBRYONIC = 0;
    private static final int ENDED = 1;
    private static final int OPEN = 2;
    private static final int KINDS = 3;

    /** A SYN, and the RST that answers it. */
    private static final int PACKETS_OF_A_REFUSAL = 2;

    private static final int FIRST_LENGTH = 1024;

    private final long[][] latestNs = new long[KINDS][FIRST_LENGTH];
    private final int[] counts = new int[KINDS];
    private int remaining;
    private int lastKind = -1;
    private long lastNs = Long.MIN_VALUE;

    /**
     * @param count sessions to choose
     */
    public SessionSurplus(int count) {
        remaining = count;
    }

    /** A session that may be chosen. */
    public void consider(int protocol, SessionState state) {
        int kind = kind(protocol, state);
        if (counts[kind] == latestNs[kind].length) {
            latestNs[kind] = Arrays.copyOf(latestNs[kind], 2 * counts[kind]);
        }
        latestNs[kind][counts[kind]++] = state.latestPacketNs;
    }

    /** All sessions were considered. */
    public void choose() {
        int wanted = remaining;
        for (int kind = 0; kind < KINDS && wanted > 0; kind++) {
            lastKind = kind;
            lastNs = Long.MAX_VALUE;
            if (counts[kind] > wanted) {
                Arrays.sort(latestNs[kind], 0, counts[kind]);
                lastNs = latestNs[kind][wanted - 1];
            }
            wanted -= Math.min(wanted, counts[kind]);
        }
    }

    /** Whether a session is among the chosen ones; of equally old ones those that come first. */
    public boolean includes(int protocol, SessionState state) {
        int kind = kind(protocol, state);
        boolean old = kind < lastKind || (kind == lastKind && state.latestPacketNs <= lastNs);
        boolean chosen = old && remaining > 0;
        if (chosen) {
            remaining--;
        }
        return chosen;
    }

    private static int kind(int protocol, SessionState state) {
        if (!state.ended()) {
            return SessionBoundaries.isEmbryonic(protocol, state) ? EMBRYONIC : OPEN;
        }
        return state.packets() <= PACKETS_OF_A_REFUSAL ? EMBRYONIC : ENDED;
    }
}
