package io.gatewatch.job.session;

import io.gatewatch.capture.batch.BatchTopic;

/**
 * Where the numbers of a row of batches come from: one boot of one agent, in one topic-partition.
 */
record BatchOrigin(BatchTopic topic, int partition, String site, String gateway, long bootId) {}
