package io.gatewatch.settings;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Ends this process in good order when the process that started it is gone, however it went: the
 * parent holds the other end of standard input, and the kernel closes it. Asked for by the
 * environment variable {@value #VARIABLE}{@code =stdin}.
 */
public final class ParentWatch {
    public static final String VARIABLE = "GATEWATCH_END_WITH_PARENT";

    private static final long GRACE_SECONDS = 20;

    private ParentWatch() {}

    /** Starts the watch if the environment asks for it. */
    public static void startIfAsked() {
        if ("stdin".equals(System.getenv(VARIABLE))) {
            Thread watch = new Thread(ParentWatch::awaitEndOfInput, "parent-watch");
            watch.setDaemon(true);
            watch.start();
        }
    }

    @SuppressWarnings("SystemExitOutsideMain") // runs the shutdown hooks, as SIGTERM would
    private static void awaitEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is ever sent; only the end counts.
            }
        } catch (IOException e) {
            // A broken pipe is an end as well.
        }
        Thread limit = new Thread(ParentWatch::haltAfterGrace, "parent-watch-limit");
        limit.setDaemon(true);
        limit.start();
        if (!StopSignal.terminate()) {
            System.exit(ExitCode.FAILED);
        }
    }

    /** Nobody is left who could end a process that hangs in its good order. */
    private static void haltAfterGrace() {
        try {
            TimeUnit.SECONDS.sleep(GRACE_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(ExitCode.FAILED);
    }
}
