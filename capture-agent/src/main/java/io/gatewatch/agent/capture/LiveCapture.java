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
 * Capture on one or several interfaces, merged by time. A frame is handed out when every other
 * interface has a later one, or has nothing more up to the frame's time, or a quarter of a second
 * has passed: after that an interface whose progress cannot be told holds up nobody.
 */
public final class LiveCapture implements LiveSource, Closeable {
    private static final long LOOK_PERIOD_MS = 25;
    private static final long LONGEST_HOLD_NS = 250_000_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final List<LiveInterface> interfaces;
    private final CaptureCounters counters;
    private final ScheduledExecutorService looking;
    private long quietUntilNs;

    private LiveCapture(List<LiveInterface> interfaces, CaptureCounters counters) {
        this.interfaces = interfaces;
        this.counters = counters;
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
        long dropped = 0;
        for (LiveInterface each : interfaces) {
            dropped += each.askKernel(wallNs());
            each.flush();
        }
        counters.kernelDropped(dropped);
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
        LiveInterface earliest = null;
        int earliestIndex = 0;
        boolean allEnded = true;
        boolean allHeads = true;
        for (int i = 0; i < interfaces.size(); i++) {
            LiveInterface each = interfaces.get(i);
            if (!each.poll()) {
                allEnded &= each.isEnded();
                allHeads &= each.isEnded();
                stopIfFailed(each);
            } else if (earliest == null || each.head().timeNs < earliest.head().timeNs) {
                earliest = each;
                earliestIndex = i;
            }
        }
        if (earliest == null) {
            return allEnded ? end() : quietOrNothing();
        }
        if (!allHeads && !isDue(earliest.head().timeNs)) {
            return Look.NOTHING;
        }
        copy(earliest.head(), earliestIndex, frame);
        earliest.takeHead();
        return Look.FRAME;
    }

    /** Capturing on with some of the interfaces would look like all is well. */
    private void stopIfFailed(LiveInterface each) {
        if (each.isEnded() && each.failure() != null) {
            stop();
        }
    }

    private Look end() {
        look();
        return Look.ENDED;
    }

    private Look quietOrNothing() {
        long until = readUntilNs();
        if (until == KernelProgress.UNKNOWN) {
            return Look.NOTHING;
        }
        quietUntilNs = until;
        return Look.QUIET;
    }

    private boolean isDue(long timeNs) {
        return timeNs <= readUntilNs() || timeNs <= wallNs() - LONGEST_HOLD_NS;
    }

    /** Up to when the interfaces without a frame at hand have been read. */
    private long readUntilNs() {
        long until = Long.MAX_VALUE;
        for (int i = 0; i < interfaces.size(); i++) {
            LiveInterface each = interfaces.get(i);
            if (!each.hasHead() && !each.isEnded()) {
                until = Math.min(until, each.readUntilNs());
            }
        }
        return until;
    }

    private static void copy(CapturedFrame from, int interfaceIndex, CapturedFrame to) {
        to.interfaceIndex = interfaceIndex;
        to.timeNs = from.timeNs;
        to.bytes = from.bytes;
        to.offset = from.offset;
        to.capturedLength = from.capturedLength;
        to.originalLength = from.originalLength;
    }

    @Override
    public long quietUntilNs() {
        return quietUntilNs;
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
