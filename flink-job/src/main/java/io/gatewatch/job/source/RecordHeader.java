package io.gatewatch.job.source;

import java.nio.charset.StandardCharsets;

/** A header of a Kafka record. The bytes are not copied and never changed. */
public final class RecordHeader {
    private final String name;
    private final byte[] value;

    public RecordHeader(String name, byte[] value) {
        this.name = name;
        this.value = value;
    }

    public String name() {
        return name;
    }

    /** Null where the header has none. */
    public byte[] value() {
        return value;
    }

    /** A header whose value is text. */
    public static RecordHeader text(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** The value as text, UTF-8, or null. */
    public String text() {
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }
}
