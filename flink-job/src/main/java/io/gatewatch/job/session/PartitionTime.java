package io.gatewatch.job.session;

import io.gatewatch.capture.batch.BatchTopic;

/** How far the time of one topic-partition has come, as checkpoints keep it. */
record PartitionTime(BatchTopic topic, int partition, long watermarkNs) {}
