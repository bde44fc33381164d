package io.gatewatch.agent.capture;

import io.gatewatch.capture.batch.CaptureCounters;
import io.gatewatch.capture.file.CapturedFrame;
import io.gatewatch.settings.CommandFailure;
import io.gatewatch.wire.CaptureInterface;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Capture on one or several interfaces, merged by time ({@link FrameMerge}). A thread looks after
 * all of them: it asks what the kernel has dropped and how far it is, and pushes out what the dump
 * functions hold back.
 */
public final class LiveCapture implements LiveSource, Closeable {
    private static final long LOOK_PERIOD_MS = 25;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final List<LiveInterface> interfaces;
    private final CaptureCounters counters;
    private final ScheduledExecutorService looking;
    private final FrameMerge merge;
    private boolean over;

    private LiveCapture(List<LiveInterface> interfaces, CaptureCounters counters) {
        this.interfaces = interfaces;
        this.counters = counters;
        merge = new FrameMerge(interfaces, LiveCapture::wallNs);
        looking =
                Executors.newSingleThreadScheduledExecutor(
                        task -> {
                            Thread thread = new Thread(task, "capture-look");
                            thread.setDaemon(true);
                            return thread;
                        });
    }

    /**
     * Finds out whether capture would start, without starting it.
     *
     * @throws CommandFailure with what to do, if an interface cannot be opened
     */
    public static void check(LiveSettings settings) throws IOException {
        close(open(settings));
    }

    /**
     * Starts capture on all interfaces.
     *
     * @param counters are told what the kernel drops
     * @throws CommandFailure with what to do, if an interface cannot be opened
     */
    public static LiveCapture start(LiveSettings settings, CaptureCounters counters)
            throws IOException {
        LiveCapture capture = new LiveCapture(open(settings), counters);
        capture.interfaces.forEach(LiveInterface::start);
        ScheduledFuture<?> unused =
                capture.looking.scheduleWithFixedDelay(
                        capture::look, LOOK_PERIOD_MS, LOOK_PERIOD_MS, TimeUnit.MILLISECONDS);
        return capture;
    }

    private static List<LiveInterface> open(LiveSettings settings) throws IOException {
        List<String> known = Interfaces.names();
        List<LiveInterface> opened = new ArrayList<>();
        try {
            for (String name : settings.interfaces()) {
                if (!known.contains(name)) {
                    throw CaptureFailures.unknownInterface(name, known);
                }
                opened.add(LiveInterface.open(name, settings));
            }
            return opened;
        } catch (IOException | RuntimeException e) {
            close(opened);
            throw e;
        }
    }

    private static void close(List<LiveInterface> interfaces) throws IOException {
        for (LiveInterface each : interfaces) {
            each.close();
        }
    }

    private synchronized void look() {
        if (over) {
            return; // what comes after the end is nobody's loss
        }
        long dropped = 0;
        for (LiveInterface each : interfaces) {
            dropped += each.askKernel(wallNs());
            each.flush();
        }
        counters.kernelDropped(dropped);
    }

    /** What the kernel dropped until the end. */
    private synchronized void lookForTheLastTime() {
        look();
        over = true;
        looking.shutdown();
    }

    private static long wallNs() {
        return System.currentTimeMillis() * NANOS_PER_MILLI;
    }

    @Override
    public List<CaptureInterface> interfaces() {
        return interfaces.stream().map(LiveInterface::captureInterface).toList();
    }

    @Override
    public Look next(CapturedFrame frame) throws IOException {
        Look look = merge.next(frame);
        if (look == Look.ENDED) {
            lookForTheLastTime();
        } else if (look == Look.NOTHING && failure() != null) {
            stop(); // going on with some of the interfaces would look as if all were well
        }
        return look;
    }

    @Override
    public long quietUntilNs() {
        return merge.quietUntilNs();
    }

    /**
     * Stops capture on all interfaces at once, from any thread; what was captured is still read.
     */
    public void stop() {
        interfaces.forEach(LiveInterface::stop);
    }

    /** What ended capture on an interface before it was stopped, or null. */
    public CommandFailure failure() {
        for (LiveInterface each : interfaces) {
            if (each.failure() != null) {
                return each.failure();
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        looking.shutdown();
        try {
            looking.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close(interfaces);
    }
}
