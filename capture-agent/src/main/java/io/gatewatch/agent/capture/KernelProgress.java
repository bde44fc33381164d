package io.gatewatch.agent.capture;

/**
 * Judges from looks at the kernel's counters up to when everything that it captured has been read.
 * Whoever looks is one thread, whoever reads another.
 *
 * <p>The exact way: as many frames were read as the kernel had taken in when it was asked. Where
 * libpcap leaves some of them out by itself (every second one of the loopback interface, frames
 * taken in before the filter stood) the two numbers never meet; there it is enough that the kernel
 * took nothing in for {@value #SETTLE_MS} ms and the reader has found nothing more.
 */
final class KernelProgress {
    static final long UNKNOWN = Long.MIN_VALUE;

    private static final long SETTLE_MS = 2_000;
    private static final long SETTLE_NS = SETTLE_MS * 1_000_000;

    private record Look(long wallNs, long takenIn, long unchangedSinceNs) {}

    private volatile Look last = new Look(UNKNOWN, 0, UNKNOWN);

    /**
     * Notes what the kernel said.
     *
     * @param wallNs the wall clock before it was asked
     * @param takenIn frames that it put into its buffer so far, dropped ones not counted
     */
    void look(long wallNs, long takenIn) {
        Look before = last;
        boolean unchanged =
                before.unchangedSinceNs != UNKNOWN
                        && takenIn == before.takenIn
                        && wallNs >= before.unchangedSinceNs;
        last = new Look(wallNs, takenIn, unchanged ? before.unchangedSinceNs : wallNs);
    }

    /**
     * To be asked when there is nothing to read.
     *
     * @param framesRead frames read so far
     * @return the wall clock up to which all frames have been read, or {@link #UNKNOWN}
     */
    long readUntilNs(long framesRead) {
        Look look = last;
        if (look.wallNs == UNKNOWN) {
            return UNKNOWN;
        }
        boolean settled = look.wallNs - look.unchangedSinceNs >= SETTLE_NS;
        return look.takenIn == framesRead || settled ? look.wallNs : UNKNOWN;
    }
}
