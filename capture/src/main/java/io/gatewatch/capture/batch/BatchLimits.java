package io.gatewatch.capture.batch;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * What the values of {@link BatchSettings} may be; options that set them check and say the same.
 */
public final class BatchLimits {
    public static final Range PARTITIONS = new Range(1, 10_000);
    public static final Range PACKETS_PER_BATCH = new Range(1, 100_000);
    public static final Range PAYLOAD_PACKETS = new Range(0, 10_000);

    /** Of one packet: what an IP packet can hold. */
    public static final Range PAYLOAD_BYTES = new Range(0, 65_535);

    /** Of one side of a flow. */
    public static final Range PAYLOAD_TOTAL = new Range(0, 1 << 20);

    public static final Range FLOWS = new Range(1, 1 << 26);
    public static final Range DATAGRAMS = new Range(1, 1 << 20);
    public static final Range FRAGMENT_BYTES = new Range(0, 1 << 30);

    public static final String ALLOWED_INTERVALS = "must be 1ms to 60s";
    public static final String ALLOWED_NAMES =
            "must be 1 to 255 bytes of UTF-8, without control characters and spaces around it";

    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(1);
    private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(1);
    private static final int MAX_NAME_BYTES = 255;

    private BatchLimits() {}

    /** Whether it is a span of capture time that batches and punctuations may cover. */
    public static boolean isInterval(Duration value) {
        return value.compareTo(SHORTEST_INTERVAL) >= 0 && value.compareTo(LONGEST_INTERVAL) <= 0;
    }

    /**
     * Whether a site or a gateway may be called this. Names are printed on terminals and stand in
     * keys: what cannot be seen cannot be part of one.
     */
    public static boolean isName(String value) {
        int length = value.getBytes(StandardCharsets.UTF_8).length;
        return length >= 1
                && length <= MAX_NAME_BYTES
                && value.equals(value.strip())
                && value.codePoints().noneMatch(BatchLimits::isInvisible);
    }

    private static boolean isInvisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE ->
                    true;
            default -> false;
        };
    }

    /** Whole numbers from one to another, both included. */
    public record Range(int least, int most) {
        public boolean contains(long value) {
            return value >= least && value <= most;
        }

        /** For messages. */
        public String allowed() {
            return "must be " + least + " to " + most;
        }
    }
}
