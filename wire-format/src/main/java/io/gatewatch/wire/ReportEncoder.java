package io.gatewatch.wire;

/**
 * Puts the reports of one flow of a batch together, see {@link ReportCursor}: the value of the
 * extension field {@link ExtensionTags#FLOW_REPORTS}. Reused after {@link #clear}. Not thread safe.
 */
public final class ReportEncoder {
    /** Bytes that a report takes at most. */
    public static final int MAX_LENGTH = 5 + 10 + 10;

    private final WireWriter out = new WireWriter(2 * MAX_LENGTH);
    private int position;

    /** Forgets all reports. */
    public void clear() {
        out.clear();
        position = 0;
    }

    /**
     * Appends a report.
     *
     * @param newPosition packets of the flow in this batch before it; not below that of the report
     *     before
     * @param sinceBaseNs its capture time less the batch's base time
     * @param anomalies bits of {@link Anomaly}
     */
    public void add(int newPosition, long sinceBaseNs, long anomalies) {
        if (newPosition < position) {
            throw new IllegalArgumentException(
                    "report position " + newPosition + " behind " + position);
        }
        position = newPosition;
        out.varint(newPosition);
        out.zigzag(sinceBaseNs);
        out.varint(anomalies);
    }

    public boolean isEmpty() {
        return out.length == 0;
    }

    /** The reports: {@link #length()} bytes from 0 on, valid until the next {@link #clear}. */
    public byte[] bytes() {
        return out.bytes;
    }

    public int length() {
        return out.length;
    }
}
