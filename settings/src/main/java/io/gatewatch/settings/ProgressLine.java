package io.gatewatch.settings;

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
public final class ProgressLine {
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");
    private static final Path TERMINALS = Path.of("/dev/pts");
    private static final long QUIET_MS = 2_000;
    private static final long INTERVAL_MS = 500;
    private static final double MILLIS_PER_SECOND = 1000.0;
    private static final String WIPE = "\r\u001b[K";

    private final Reading reading;
    private final PrintStream terminal;
    private final CountDownLatch finished = new CountDownLatch(1);
    private boolean shown;

    private ProgressLine(Reading reading, PrintStream terminal) {
        this.reading = reading;
        this.terminal = terminal;
    }

    /** Does the work, with progress beside it where standard error is a terminal's. */
    public static void during(Reading reading, Work work) throws Exception {
        if (!isTerminal()) {
            work.run();
            return;
        }
        ProgressLine progress = new ProgressLine(reading, System.err);
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
        return line(reading.packets(), seconds, reading.bytesRead(), reading.sizeBytes());
    }

    /** The text for what was read so far; share and time left only where the size is known. */
    static String line(long packets, double seconds, long bytesRead, long sizeBytes) {
        String read =
                String.format(Locale.ROOT, "%,d packets, %,.0f/s", packets, packets / seconds);
        if (sizeBytes < 0 || bytesRead <= 0) {
            return read;
        }
        double share = Math.min(1.0, (double) bytesRead / sizeBytes);
        long left = Math.round(seconds / share - seconds);
        return String.format(
                Locale.ROOT, "%s, %.0f %%, %d:%02d left", read, share * 100, left / 60, left % 60);
    }

    /** How far reading has come; asked from another thread. */
    public interface Reading {
        long packets();

        long bytesRead();

        /** Bytes in all, below 0 where that is not known. */
        long sizeBytes();
    }

    /** What progress is shown of. */
    public interface Work {
        void run() throws Exception;
    }
}
