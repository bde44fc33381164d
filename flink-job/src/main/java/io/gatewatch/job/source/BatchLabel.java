package io.gatewatch.job.source;

/**
 * What the headers of a record say of its batch: enough to name and count one whose bytes cannot be
 * read. Headers {@code site} and {@code gateway} are the names; {@code batch} is boot (16
 * hexadecimal digits), sequence number, capture minute and packets, with colons between them.
 */
public record BatchLabel(
        String site, String gateway, long bootId, long sequence, long minute, int packets) {
    /** The last minute that begins within 64 bits of nanoseconds. */
    public static final long MAX_MINUTE = Long.MAX_VALUE / 60_000_000_000L;

    private static final int MAX_NAME_BYTES = 255;
    private static final int MAX_BATCH_BYTES = 80;
    private static final int PARTS = 4;
    private static final int BOOT_DIGITS = 16;
    private static final int HEXADECIMAL = 16;

    /** The label, or null if the headers are missing or are not what an agent writes. */
    public static BatchLabel of(TopicRecord record) {
        String site = text(record, "site", MAX_NAME_BYTES);
        String gateway = text(record, "gateway", MAX_NAME_BYTES);
        String batch = text(record, "batch", MAX_BATCH_BYTES);
        if (site.isEmpty() || gateway.isEmpty()) {
            return null;
        }
        String[] parts = batch.split(":", -1);
        if (parts.length != PARTS || parts[0].length() != BOOT_DIGITS) {
            return null;
        }
        try {
            BatchLabel label =
                    new BatchLabel(
                            site,
                            gateway,
                            Long.parseUnsignedLong(parts[0], HEXADECIMAL),
                            Long.parseLong(parts[1]),
                            Long.parseLong(parts[2]),
                            Integer.parseInt(parts[3]));
            return label.isPossible() ? label : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private boolean isPossible() {
        return sequence >= 0 && minute >= 0 && minute <= MAX_MINUTE && packets >= 0;
    }

    private static String text(TopicRecord record, String name, int maxBytes) {
        RecordHeader header = record.header(name);
        if (header == null || header.value() == null || header.value().length > maxBytes) {
            return "";
        }
        return header.text();
    }
}
