package io.gatewatch.job.source.capture;

import io.gatewatch.capture.batch.BatchSettings;
import io.gatewatch.capture.batch.CaptureCounters;
import io.gatewatch.capture.file.CaptureReader;
import io.gatewatch.settings.ProgressLine;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A capture that its command has opened and a source of the same process will read. Opening comes
 * first so that a file that is no capture is an error of the command, and standard input is opened
 * once. The source names it by a ticket, because sources are shipped as bytes.
 */
public final class OpenCapture implements ProgressLine.Reading {
    private static final Map<String, OpenCapture> WAITING = new ConcurrentHashMap<>();

    private final CaptureReader reader;
    private final BatchSettings settings;
    private final CaptureCounters counters = new CaptureCounters();
    private volatile long bytesRead;
    private volatile long framesRead;

    public OpenCapture(CaptureReader reader, BatchSettings settings) {
        this.reader = reader;
        this.settings = settings;
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

    CaptureReader reader() {
        return reader;
    }

    BatchSettings settings() {
        return settings;
    }

    /** What was seen; complete once the job has ended. */
    public CaptureCounters counters() {
        return counters;
    }

    void progress(long bytes, long frames) {
        bytesRead = bytes;
        framesRead = frames;
    }

    @Override
    public long bytesRead() {
        return bytesRead;
    }

    @Override
    public long sizeBytes() {
        return reader.size();
    }

    @Override
    public long packets() {
        return framesRead;
    }
}
