package io.gatewatch.job.source.capture;

import io.gatewatch.job.source.BatchRecord;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;

/**
 * Batches between the thread that reads a capture and the task that asks for them: bounded in
 * bytes, so that reading waits for the job. Thread safe, for one of each.
 */
final class BatchQueue {
    private final long capacityBytes;
    private final ArrayDeque<BatchRecord> batches = new ArrayDeque<>();
    private CompletableFuture<Void> available = new CompletableFuture<>();
    private IOException failure;
    private long heldBytes;
    private boolean ended;
    private boolean abandoned;

    BatchQueue(long capacityBytes) {
        this.capacityBytes = capacityBytes;
    }

    /**
     * Adds a batch, waiting while the queue is full.
     *
     * @return false if nobody will take it any more
     */
    synchronized boolean put(BatchRecord batch) throws InterruptedException {
        while (heldBytes >= capacityBytes && !abandoned) {
            wait();
        }
        if (abandoned) {
            return false;
        }
        batches.add(batch);
        heldBytes += batch.bytes().length;
        available.complete(null);
        return true;
    }

    /**
     * Nothing follows.
     *
     * @param reason null where the capture has ended, else why it could not be read further
     */
    synchronized void end(IOException reason) {
        ended = true;
        failure = reason;
        available.complete(null);
    }

    /**
     * The next batch, or null if there is none now.
     *
     * @throws IOException what the reading failed with, once all before it has been taken
     */
    synchronized BatchRecord poll() throws IOException {
        BatchRecord batch = batches.poll();
        if (batch != null) {
            heldBytes -= batch.bytes().length;
            notifyAll();
        } else if (failure != null) {
            throw failure;
        }
        return batch;
    }

    /** Whether all has been taken and nothing follows. */
    synchronized boolean isExhausted() {
        return ended && failure == null && batches.isEmpty();
    }

    /** Done as soon as {@link #poll} has something to say. */
    synchronized CompletableFuture<Void> available() {
        if (available.isDone() && batches.isEmpty() && !ended) {
            available = new CompletableFuture<>();
        }
        return available;
    }

    /** Nobody will take anything any more: whoever waits to add stops waiting. */
    synchronized void abandon() {
        abandoned = true;
        batches.clear();
        notifyAll();
    }
}
