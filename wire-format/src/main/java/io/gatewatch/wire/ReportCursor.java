package io.gatewatch.wire;

/**
 * Walks through the reports of a flow block, in capture order: facts about the flow that came in
 * packets of other flows, above all ICMP errors that quote it. A report is no packet of the flow
 * and counts as none. {@link #position} says where among the flow's packets it came. Allocates
 * nothing. Not thread safe.
 *
 * <pre>
 * | position (varint) | time - base time (zigzag) | anomalies (varint) |   one behind the other
 * </pre>
 */
public final class ReportCursor {
    private final WireReader reader = new WireReader();
    private int packetCount;
    private long baseTimeNs;
    private int position;
    private long timeNs;
    private long anomalies;

    void wrap(byte[] bytes, int offset, int length, int packets, long newBaseTimeNs) {
        reader.wrap(bytes, offset, length);
        packetCount = packets;
        baseTimeNs = newBaseTimeNs;
        position = 0;
    }

    /**
     * Moves to the next report.
     *
     * @return false behind the last one
     * @throws WireFormatException never for bytes that came out of a checked batch
     */
    public boolean next() throws WireFormatException {
        WireReader in = reader;
        if (in.remaining() == 0) {
            return false;
        }
        int newPosition = in.count("report position", packetCount);
        if (newPosition < position) {
            throw new WireFormatException(
                    "report position " + newPosition + " behind " + position + " at byte " + in.at);
        }
        position = newPosition;
        timeNs = baseTimeNs + in.zigzag();
        anomalies = in.varint();
        return true;
    }

    /** Moves behind the last report, to refuse what is wrong with any. */
    void readAll() throws WireFormatException {
        boolean more = next();
        while (more) {
            more = next();
        }
    }

    /** Packets of the block that were captured before the report; never falls. */
    public int position() {
        return position;
    }

    /** When the packet that brought it was captured: nanoseconds since 1970-01-01 UTC. */
    public long timeNs() {
        return timeNs;
    }

    /** Bits of {@link Anomaly}. */
    public long anomalies() {
        return anomalies;
    }
}
