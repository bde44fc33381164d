package io.gatewatch.job.source.capture;

import io.gatewatch.capture.batch.BatchTopic;
import org.apache.flink.api.connector.source.SourceSplit;

/** One partition's worth of the capture, as in Kafka. */
record CapturePartition(BatchTopic topic, int partition) implements SourceSplit {
    @Override
    public String splitId() {
        return topic.name() + "-" + partition;
    }
}
