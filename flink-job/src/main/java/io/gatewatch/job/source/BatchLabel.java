package io.gatewatch.job.source;

import io.gatewatch.job.ledger.BatchArrival;
import io.gatewatch.wire.BatchName;
import io.gatewatch.wire.WireFormatException;

/**
 * What the headers of a record say of its batch: enough to name and count one whose bytes cannot be
 * read: headers {@code site}, {@code gateway} and {@link BatchName}.
 */
public record BatchLabel(
        String site, String gateway, long bootId, long sequence, long minute, int packets) {
    private static final int MAX_NAME_BYTES = 255;

    /** The label, or null if the headers are missing or are not what an agent writes. */
    public static BatchLabel of(TopicRecord record) {
        String site = text(record, "site", MAX_NAME_BYTES);
        String gateway = text(record, "gateway", MAX_NAME_BYTES);
        if (site.isEmpty() || gateway.isEmpty() || record.header(BatchName.HEADER) == null) {
            return null;
        }
        try {
            BatchName name = BatchName.parse(record.header(BatchName.HEADER).value());
            BatchLabel label =
                    new BatchLabel(
                            site,
                            gateway,
                            name.bootId(),
                            name.sequence(),
                            name.minute(),
                            name.packets());
            return label.isPossible() ? label : null;
        } catch (WireFormatException e) {
            return null;
        }
    }

    private boolean isPossible() {
        return sequence >= 0 && minute >= 0 && minute <= BatchArrival.MAX_MINUTE && packets >= 0;
    }

    private static String text(TopicRecord record, String name, int maxBytes) {
        RecordHeader header = record.header(name);
        if (header == null || header.value() == null || header.value().length > maxBytes) {
            return "";
        }
        return header.text();
    }
}
