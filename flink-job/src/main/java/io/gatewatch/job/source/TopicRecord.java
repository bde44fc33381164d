package io.gatewatch.job.source;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** A record of a topic as it was found there. The bytes are not copied and never changed. */
public final class TopicRecord {
    /** The record is not from a broker. */
    public static final long NO_OFFSET = -1;

    private final String topic;
    private final int partition;
    private final long offset;
    private final long appendTimeMs;
    private final byte[] value;
    private final List<RecordHeader> headers;

    public TopicRecord(
            String topic,
            int partition,
            long offset,
            long appendTimeMs,
            byte[] value,
            List<RecordHeader> headers) {
        this.topic = topic;
        this.partition = partition;
        this.offset = offset;
        this.appendTimeMs = appendTimeMs;
        this.value = value;
        this.headers = headers;
    }

    public String topic() {
        return topic;
    }

    public int partition() {
        return partition;
    }

    /** In its partition, or {@link #NO_OFFSET}. */
    public long offset() {
        return offset;
    }

    /** When the broker appended it, milliseconds. */
    public long appendTimeMs() {
        return appendTimeMs;
    }

    /** Null where the record has none. */
    public byte[] value() {
        return value;
    }

    public List<RecordHeader> headers() {
        return headers;
    }

    static TopicRecord of(ConsumerRecord<byte[], byte[]> record) {
        List<RecordHeader> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            headers.add(new RecordHeader(header.key(), header.value()));
        }
        return new TopicRecord(
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                record.value(),
                headers);
    }

    /** The last header of this name, or null. */
    public RecordHeader header(String name) {
        for (int i = headers.size() - 1; i >= 0; i--) {
            if (headers.get(i).name().equals(name)) {
                return headers.get(i);
            }
        }
        return null;
    }
}
