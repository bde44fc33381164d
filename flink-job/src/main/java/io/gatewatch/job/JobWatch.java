package io.gatewatch.job;

import io.gatewatch.job.cluster.JobView;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Follows a job that Flink starts again when it fails, and says in one line each when it runs and
 * why it does not. Not thread safe.
 */
final class JobWatch {
    private final Callable<JobView> job;
    private final Consumer<String> out;
    private String origin;
    private String lastFailure = "";
    private boolean running;
    private long failedAtMs = JobView.NEVER;

    /**
     * @param origin where the job goes on, said with the first line
     */
    JobWatch(Callable<JobView> job, String origin, Consumer<String> out) {
        this.job = job;
        this.origin = origin;
        this.out = out;
    }

    /** Looks again and again until {@code over} is done, however it is. */
    void follow(CompletableFuture<?> over, long intervalMs) throws Exception {
        while (!over.isDone()) {
            look();
            try {
                over.get(intervalMs, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // Nothing has happened to it.
            }
        }
    }

    /** Says what is new. */
    void look() throws Exception {
        JobView now = job.call();
        if (now.failedAtMs() > failedAtMs && now.failure() != null) {
            failedAtMs = now.failedAtMs();
            running = false;
            origin = "from the newest checkpoint";
            sayFailure("failed, starts again: " + FailureCause.line(now.failure()));
        }
        if (now.running() && !running) {
            running = true;
            lastFailure = "";
            out.accept("running, " + origin);
        }
    }

    /** Attempts that fail for the same reason are one failure to whoever reads. */
    private void sayFailure(String line) {
        if (!line.equals(lastFailure)) {
            lastFailure = line;
            out.accept(line);
        }
    }

    boolean isRunning() {
        return running;
    }
}
