package io.gatewatch.agent.publish;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The bounded queue between capture and producer: one thread adds, one takes. Bounded in bytes and
 * in batches, whichever comes first; an empty queue takes a batch of any size.
 */
final class BatchQueue {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notFull = lock.newCondition();
    private final Condition notEmpty = lock.newCondition();
    private final ArrayDeque<QueuedBatch> batches = new ArrayDeque<>();
    private final int maxBatches;
    private final long maxBytes;
    private long bytes;
    private boolean ended;

    BatchQueue(int maxBatches, long maxBytes) {
        this.maxBatches = maxBatches;
        this.maxBytes = maxBytes;
    }

    /** Adds the batch if there is room; never waits. */
    boolean offer(QueuedBatch batch) {
        lock.lock();
        try {
            if (ended || !hasRoomFor(batch)) {
                return false;
            }
            add(batch);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Adds the batch, waiting for room at most so long.
     *
     * @return false if there was none, or the queue was ended
     */
    boolean put(QueuedBatch batch, long timeoutNs) throws InterruptedException {
        long leftNs = timeoutNs;
        lock.lockInterruptibly();
        try {
            while (!ended && !hasRoomFor(batch)) {
                if (leftNs <= 0) {
                    return false;
                }
                leftNs = notFull.awaitNanos(leftNs);
            }
            if (ended) {
                return false;
            }
            add(batch);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean hasRoomFor(QueuedBatch batch) {
        return batches.isEmpty()
                || (batches.size() < maxBatches && bytes + batch.footprintBytes() <= maxBytes);
    }

    private void add(QueuedBatch batch) {
        batches.add(batch);
        bytes += batch.footprintBytes();
        notEmpty.signal();
    }

    /** Takes the oldest batch, waiting at most so long; null if none came. */
    QueuedBatch poll(long timeout, TimeUnit unit) throws InterruptedException {
        long left = unit.toNanos(timeout);
        lock.lockInterruptibly();
        try {
            while (batches.isEmpty()) {
                if (ended || left <= 0) {
                    return null;
                }
                left = notEmpty.awaitNanos(left);
            }
            QueuedBatch batch = batches.remove();
            bytes -= batch.footprintBytes();
            notFull.signal();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** Nothing is added any more; whoever waits is let go. What is queued can still be taken. */
    void end() {
        lock.lock();
        try {
            ended = true;
            notFull.signalAll();
            notEmpty.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isDrained() {
        lock.lock();
        try {
            return ended && batches.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return batches.size();
        } finally {
            lock.unlock();
        }
    }

    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }
}
