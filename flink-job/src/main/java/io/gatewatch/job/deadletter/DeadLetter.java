package io.gatewatch.job.deadletter;

import io.gatewatch.job.source.RecordHeader;
import io.gatewatch.job.source.TopicRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A record that could not be read, or a row that the database refused, as a record of the
 * dead-letter topic. Its last headers say where it came from and why it is here; a record's own
 * headers stand before them. Whatever it was, it fits into the topic: what is too long is cut, and
 * a header says how long it was.
 */
public final class DeadLetter {
    public static final String ORIGIN = "origin";
    public static final String PARTITION = "partition";
    public static final String OFFSET = "offset";
    public static final String REASON = "reason";

    /** Length of a value that was cut. */
    public static final String LENGTH = "length";

    /** Brokers and producers take a million bytes if nobody tells them otherwise. */
    private static final int MAX_VALUE_BYTES = 900_000;

    private static final int MAX_HEADER_BYTES = 60_000;
    private static final int MAX_REASON_CHARACTERS = 2_000;

    private final String key;
    private final byte[] value;
    private final List<RecordHeader> headers;

    DeadLetter(String key, byte[] value, List<RecordHeader> headers) {
        this.key = key;
        this.value = value;
        this.headers = headers;
    }

    /** The same for the same record or row, so that repeats are seen. */
    public String key() {
        return key;
    }

    /** Null where the record had none. */
    public byte[] value() {
        return value;
    }

    public List<RecordHeader> headers() {
        return headers;
    }

    /** A record that could not be read. */
    public static DeadLetter of(TopicRecord record, String reason) {
        List<RecordHeader> headers = new ArrayList<>();
        int room = MAX_HEADER_BYTES;
        for (RecordHeader header : record.headers()) {
            // A name's characters are three bytes at most.
            room -=
                    3 * header.name().length()
                            + (header.value() == null ? 0 : header.value().length);
            if (room >= 0) {
                headers.add(header);
            }
        }
        headers.add(RecordHeader.text(ORIGIN, "topic " + record.topic()));
        headers.add(RecordHeader.text(PARTITION, Integer.toString(record.partition())));
        headers.add(RecordHeader.text(OFFSET, Long.toString(record.offset())));
        String key = record.topic() + "-" + record.partition() + "-" + record.offset();
        return cut(key, record.value(), reason, headers);
    }

    /**
     * A row that the database refused.
     *
     * @param key names the row within the table
     */
    public static DeadLetter ofRow(String table, String key, byte[] row, String reason) {
        List<RecordHeader> headers = new ArrayList<>();
        headers.add(RecordHeader.text(ORIGIN, "table " + table));
        return cut(table + "-" + key, row, reason, headers);
    }

    private static DeadLetter cut(
            String key, byte[] value, String reason, List<RecordHeader> headers) {
        int shown = Math.min(reason.length(), MAX_REASON_CHARACTERS);
        headers.add(RecordHeader.text(REASON, reason.substring(0, shown)));
        if (value == null || value.length <= MAX_VALUE_BYTES) {
            return new DeadLetter(key, value, headers);
        }
        headers.add(RecordHeader.text(LENGTH, Integer.toString(value.length)));
        return new DeadLetter(key, Arrays.copyOf(value, MAX_VALUE_BYTES), headers);
    }
}
