package io.gatewatch.job.source.capture;

import io.gatewatch.capture.CaptureFeed;
import io.gatewatch.capture.batch.BatchSettings;
import io.gatewatch.capture.batch.BatchTopic;
import io.gatewatch.capture.batch.CaptureCounters;
import io.gatewatch.capture.batch.FlowBatcher;
import io.gatewatch.capture.file.CaptureReader;
import io.gatewatch.job.source.BatchRecord;
import io.gatewatch.settings.ProgressLine;
import io.gatewatch.wire.PacketBatch;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A capture that its command has opened and a source of the same process will take. Opening comes
 * first so that a file that is no capture is an error of the command, and standard input is opened
 * once; the source names it by a ticket, because sources are shipped as bytes.
 *
 * <p>A thread of its own reads and batches, from {@link #read} on: while Flink starts, and beside
 * the job afterwards, as far ahead as the queue allows. A slow pipe holds up no task.
 */
public final class OpenCapture implements ProgressLine.Reading {
    private static final long QUEUE_BYTES = 64L << 20;
    private static final int FRAMES_PER_PROGRESS = 1024;
    private static final Map<String, OpenCapture> WAITING = new ConcurrentHashMap<>();

    private final CaptureReader reader;
    private final FlowBatcher batcher;
    private final CaptureCounters counters = new CaptureCounters();
    private final PacketBatch checker = new PacketBatch();
    private final BatchQueue queue = new BatchQueue(QUEUE_BYTES);
    private boolean taken = true;
    private volatile IOException failure;
    private volatile long bytesRead;
    private volatile long packetsRead;

    public OpenCapture(CaptureReader reader, BatchSettings settings) {
        this.reader = reader;
        this.batcher = new FlowBatcher(settings, counters, this::accept);
    }

    /** Begins to read; called once. */
    public void read() {
        Thread thread = new Thread(this::readAll, "capture-reader");
        thread.setDaemon(true);
        thread.start();
    }

    private void readAll() {
        try (reader) {
            CaptureFeed feed = new CaptureFeed(reader, batcher);
            while (taken && feed.read()) {
                feed.ship();
                if (feed.frames() % FRAMES_PER_PROGRESS == 0) {
                    bytesRead = reader.bytesRead();
                    packetsRead = feed.frames();
                }
            }
            batcher.endOfCapture(false);
        } catch (IOException e) {
            failure = e;
        } catch (RuntimeException e) {
            queue.end(new IOException(e));
            return;
        }
        queue.end(failure);
    }

    private boolean accept(BatchTopic topic, int partition, byte[] bytes, int length, int packets) {
        byte[] batch = Arrays.copyOf(bytes, length);
        try {
            taken =
                    queue.put(
                            BatchRecord.of(
                                    topic, partition, BatchRecord.NO_APPEND_TIME, batch, checker));
        } catch (InterruptedException e) {
            taken = false;
        }
        return taken;
    }

    /** Leaves the capture for one source to take. */
    public String leave() {
        String ticket = UUID.randomUUID().toString();
        WAITING.put(ticket, this);
        return ticket;
    }

    static OpenCapture take(String ticket) {
        OpenCapture capture = WAITING.remove(ticket);
        if (capture == null) {
            throw new IllegalStateException(
                    "a capture is read once, and in the process that opened it");
        }
        return capture;
    }

    BatchQueue queue() {
        return queue;
    }

    /** Why the capture could not be read to its end, or null. */
    public IOException failure() {
        return failure;
    }

    /** What was seen; complete once the job has ended. */
    public CaptureCounters counters() {
        return counters;
    }

    /** Bytes of the input read so far; may be asked at any time. */
    @Override
    public long bytesRead() {
        return bytesRead;
    }

    /** Bytes of the whole input, or {@link CaptureReader#UNKNOWN_SIZE}. */
    @Override
    public long sizeBytes() {
        return reader.size();
    }

    /** Packets read so far; may be asked at any time. */
    @Override
    public long packets() {
        return packetsRead;
    }
}
