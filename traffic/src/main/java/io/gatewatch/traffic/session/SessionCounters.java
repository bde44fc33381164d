package io.gatewatch.traffic.session;

/** What a {@link SessionMachine} has done since it was made. One writer; readers may lag. */
public final class SessionCounters {
    private final long[] ended = new long[EndReason.values().length];
    private long opened;
    private long held;
    private long givenUp;
    private long finished;
    private long latePackets;
    private long openedWhileLingering;
    private long ignoredMidstreamPackets;
    private long reports;
    private long strayReports;

    SessionCounters() {}

    void countOpened() {
        opened++;
        held++;
    }

    void countEnded(EndReason reason) {
        ended[reason.ordinal()]++;
    }

    void countFinished() {
        finished++;
        held--;
    }

    void countGivenUp() {
        givenUp++;
    }

    void countLatePacket() {
        latePackets++;
    }

    void countOpenedWhileLingering() {
        openedWhileLingering++;
    }

    void countIgnoredMidstreamPacket() {
        ignoredMidstreamPackets++;
    }

    void countReport(boolean held) {
        reports++;
        if (!held) {
            strayReports++;
        }
    }

    /** Sessions begun. */
    public long opened() {
        return opened;
    }

    /** Sessions that ended for this reason. */
    public long ended(EndReason reason) {
        return ended[reason.ordinal()];
    }

    /** Sessions whose state was given up: ended, and no longer waiting for what trails. */
    public long finished() {
        return finished;
    }

    /** Sessions in state now: open, or ended and waiting for what trails. */
    public long held() {
        return held;
    }

    /** Sessions that were in state before anything was counted: those of a restored snapshot. */
    public void heldBefore(long sessions) {
        held += sessions;
    }

    /** Sessions given up early to stay within the limit, open or waiting for what trails. */
    public long givenUp() {
        return givenUp;
    }

    /** Packets more than a second older than their session's latest. */
    public long latePackets() {
        return latePackets;
    }

    /** Sessions begun by a SYN while the one before still lingered. */
    public long openedWhileLingering() {
        return openedWhileLingering;
    }

    /** TCP packets that were left out because no SYN had opened a session for them. */
    public long ignoredMidstreamPackets() {
        return ignoredMidstreamPackets;
    }

    /** Reports about flows, such as ICMP errors that quote them. */
    public long reports() {
        return reports;
    }

    /** Reports whose flow had no session at their time. */
    public long strayReports() {
        return strayReports;
    }
}
