package io.gatewatch.job.session;

/**
 * How far the batches of one origin have come, as checkpoints keep it.
 *
 * @param sequence number of the latest batch that counted
 * @param dropped frames that the agent had lost by then, kernel and queue
 * @param gap packets were lost, and no batch with packets came since to say so
 * @param heardNs the partition's watermark when it came: which origins are old
 */
record HighWaterMark(BatchOrigin origin, long sequence, long dropped, boolean gap, long heardNs) {}
