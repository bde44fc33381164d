package io.gatewatch.agent.publish;

/**
 * A finished batch on its way to Kafka.
 *
 * @param value the whole record, not to be changed
 * @param packets packets in it
 */
record QueuedBatch(String topic, int partition, byte[] value, int packets) {
    /** About what a batch costs beside its bytes, in the queue and in the producer. */
    private static final int OVERHEAD_BYTES = 256;

    long footprintBytes() {
        return value.length + (long) OVERHEAD_BYTES;
    }
}
