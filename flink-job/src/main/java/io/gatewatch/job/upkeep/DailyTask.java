package io.gatewatch.job.upkeep;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something done at once and then every day, in a thread of its own. Where it fails the reason is
 * logged in one line and it is tried again an hour later; nobody else learns of it.
 */
final class DailyTask implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DailyTask.class);
    private static final long PERIOD_MINUTES = TimeUnit.DAYS.toMinutes(1);
    private static final long RETRY_MINUTES = TimeUnit.HOURS.toMinutes(1);

    private final Round round;
    private final ScheduledExecutorService thread;
    private ScheduledFuture<?> next;
    private Interruption interruption;
    private boolean closed;

    /** What is done. */
    interface Round {
        /**
         * Does it once.
         *
         * @return what was done, for the log
         */
        String run(Stop stop) throws Exception;
    }

    /** How a round that waits for something is made to give up. */
    interface Stop {
        void by(Interruption interruption);
    }

    /** Called from another thread. */
    interface Interruption {
        void now() throws Exception;
    }

    DailyTask(Round round) {
        this(
                round,
                Executors.newSingleThreadScheduledExecutor(
                        work -> {
                            Thread made = new Thread(work, "partition-upkeep");
                            made.setDaemon(true);
                            return made;
                        }));
    }

    DailyTask(Round round, ScheduledExecutorService thread) {
        this.round = round;
        this.thread = thread;
    }

    void start() {
        scheduleIn(0);
    }

    private synchronized void scheduleIn(long minutes) {
        if (!closed) {
            next = thread.schedule(this::run, minutes, TimeUnit.MINUTES);
        }
    }

    private void run() {
        long nextMinutes = PERIOD_MINUTES;
        try {
            LOG.info(round.run(this::stopBy));
        } catch (Exception e) {
            nextMinutes = RETRY_MINUTES;
            sayFailure(e);
        }
        stopBy(null);
        scheduleIn(nextMinutes);
    }

    private synchronized void sayFailure(Exception e) {
        if (!closed) {
            LOG.warn("upkeep failed, next attempt in {} min: {}", RETRY_MINUTES, line(e));
        }
    }

    private static String line(Exception e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.strip().lines().findFirst().orElse("");
    }

    private synchronized void stopBy(Interruption newest) {
        interruption = newest;
        if (closed) {
            interrupt();
        }
    }

    private void interrupt() {
        if (interruption != null) {
            try {
                interruption.now();
            } catch (Exception e) {
                LOG.debug("upkeep could not be stopped", e);
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (next != null) {
            next.cancel(false);
        }
        thread.shutdownNow();
        interrupt();
    }
}
