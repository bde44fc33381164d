package io.gatewatch.job;

import io.gatewatch.capture.file.CaptureReader;
import io.gatewatch.job.source.capture.OpenCapture;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Progress of a reading capture, on a terminal and from the third second on: packets, rate, share
 * and time left, on one line that is written over and wiped at the end.
 */
final class ProgressLine {
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");
    private static final Path TERMINALS = Path.of("/dev/pts");
    private static final long QUIET_MS = 2_000;
    private static final long INTERVAL_MS = 500;
    private static final double MILLIS_PER_SECOND = 1000.0;
    private static final String WIPE = "\r\u001b[K";

    private final OpenCapture capture;
    private final PrintStream terminal;
    private final CountDownLatch finished = new CountDownLatch(1);
    private boolean shown;

    private ProgressLine(OpenCapture capture, PrintStream terminal) {
        this.capture = capture;
        this.terminal = terminal;
    }

    /** Does the work, with progress beside it where standard error is a terminal's. */
    static void during(OpenCapture capture, Work work) throws Exception {
        if (!isTerminal()) {
            work.run();
            return;
        }
        ProgressLine progress = new ProgressLine(capture, System.err);
        Thread thread = new Thread(progress::show, "progress");
        thread.setDaemon(true);
        thread.start();
        try {
            work.run();
        } finally {
            progress.finished.countDown();
            thread.join();
        }
    }

    /** Whether standard error is a terminal; where that cannot be found out, it is not. */
    private static boolean isTerminal() {
        try {
            return Files.readSymbolicLink(STANDARD_ERROR).startsWith(TERMINALS);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private void show() {
        long startNs = System.nanoTime();
        try {
            long waitMs = QUIET_MS;
            while (!finished.await(waitMs, TimeUnit.MILLISECONDS)) {
                waitMs = INTERVAL_MS;
                long elapsedMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
                terminal.print(WIPE + line(elapsedMs));
                terminal.flush();
                shown = true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (shown) {
            terminal.print(WIPE);
            terminal.flush();
        }
    }

    private String line(long elapsedMs) {
        double seconds = elapsedMs / MILLIS_PER_SECOND;
        return line(capture.framesRead(), seconds, capture.bytesRead(), capture.sizeBytes());
    }

    /** The text for what was read so far; share and time left only where the size is known. */
    static String line(long packets, double seconds, long bytesRead, long sizeBytes) {
        String read =
                String.format(Locale.ROOT, "%,d packets, %,.0f/s", packets, packets / seconds);
        if (sizeBytes == CaptureReader.UNKNOWN_SIZE || bytesRead <= 0) {
            return read;
        }
        double share = Math.min(1.0, (double) bytesRead / sizeBytes);
        long left = Math.round(seconds / share - seconds);
        return String.format(
                Locale.ROOT, "%s, %.0f %%, %d:%02d left", read, share * 100, left / 60, left % 60);
    }

    /** What progress is shown of. */
    interface Work {
        void run() throws Exception;
    }
}
