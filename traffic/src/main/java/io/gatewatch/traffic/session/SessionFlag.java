package io.gatewatch.traffic.session;

/** Flags of a session. The ordinal is the bit; only ever added to. */
public enum SessionFlag {
    /** Joined after it had begun. */
    MIDSTREAM("midstream"),
    /** A packet more than a second older than the latest before it. */
    LATE("late"),
    /** Packets of its gateway were lost meanwhile. */
    GAP("gap"),
    /** Seen at another gateway or interface too. */
    COPIES("copies");

    private final String text;

    SessionFlag(String text) {
        this.text = text;
    }

    public String text() {
        return text;
    }

    public int bit() {
        return 1 << ordinal();
    }
}
