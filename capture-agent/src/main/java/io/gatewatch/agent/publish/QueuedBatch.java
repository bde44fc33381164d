package io.gatewatch.agent.publish;

/** A finished batch on its way to Kafka. Its value is the whole record and is not changed. */
final class QueuedBatch {
    /** About what a batch costs beside its bytes, in the queue and in the producer. */
    private static final int OVERHEAD_BYTES = 256;

    private final String topic;
    private final int partition;
    private final byte[] value;
    private final int packets;

    QueuedBatch(String topic, int partition, byte[] value, int packets) {
        this.topic = topic;
        this.partition = partition;
        this.value = value;
        this.packets = packets;
    }

    String topic() {
        return topic;
    }

    int partition() {
        return partition;
    }

    byte[] value() {
        return value;
    }

    int packets() {
        return packets;
    }

    long footprintBytes() {
        return value.length + (long) OVERHEAD_BYTES;
    }
}
