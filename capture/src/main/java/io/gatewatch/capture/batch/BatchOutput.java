package io.gatewatch.capture.batch;

/** Takes finished batches, in order for each topic and partition. */
public interface BatchOutput {
    /**
     * Takes one batch.
     *
     * @param bytes holds the batch from 0 to {@code length}; valid until this returns
     * @param packets packets in it; 0 for a punctuation or an end marker
     * @return false if it had to be dropped (live capture, queue full): its packets are then
     *     counted as queue drops and its sequence number is not used again. A dropped batch without
     *     packets is no loss and leaves no gap; an output should make room for end markers, since
     *     they are not sent twice
     */
    boolean accept(BatchTopic topic, int partition, byte[] bytes, int length, int packets);
}
