package io.gatewatch.job.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class DailyTaskTest {
    private static final long LIMIT_SECONDS = 30;

    @Test
    void shouldDoItAtOnceAndTheNextDay() {
        HandMovedThread thread = new HandMovedThread();
        List<String> rounds = new ArrayList<>();
        try (DailyTask task =
                new DailyTask(
                        stop -> {
                            rounds.add("done");
                            return "done";
                        },
                        thread)) {
            task.start();
            thread.runNext();
            thread.runNext();

            assertThat(rounds).hasSize(2);
            assertThat(thread.delaysMinutes).containsExactly(0L, 1440L, 1440L);
        }
    }

    @Test
    void shouldTryAgainInAnHourAfterAFailure() {
        HandMovedThread thread = new HandMovedThread();
        try (DailyTask task =
                new DailyTask(
                        stop -> {
                            throw new IOException("the database is away");
                        },
                        thread)) {
            task.start();
            thread.runNext();

            assertThat(thread.delaysMinutes).containsExactly(0L, 60L);
        }
    }

    @Test
    void shouldDoNothingMoreOnceItIsClosed() {
        HandMovedThread thread = new HandMovedThread();
        DailyTask task = new DailyTask(stop -> "done", thread);
        task.start();
        task.close();

        thread.runNext();

        assertThat(thread.isShutdown()).isTrue();
        assertThat(thread.delaysMinutes).containsExactly(0L);
    }

    @Test
    void shouldStopARoundThatWaits() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        DailyTask task =
                new DailyTask(
                        stop -> {
                            stop.by(stopped::countDown);
                            waiting.countDown();
                            awaitUninterrupted(stopped);
                            ended.countDown();
                            return "stopped";
                        });
        task.start();
        await(waiting);

        task.close();

        await(ended);
    }

    /** As a statement waits for a server: an interrupt of the thread does not reach it. */
    private static void awaitUninterrupted(CountDownLatch latch) throws TimeoutException {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (latch.getCount() > 0) {
            Thread.onSpinWait();
            if (System.nanoTime() > deadlineNs) {
                throw new TimeoutException();
            }
        }
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    /** Runs what is scheduled when the test says so, in the test's thread. */
    private static final class HandMovedThread extends ScheduledThreadPoolExecutor {
        final List<Long> delaysMinutes = new ArrayList<>();
        private Runnable next;

        HandMovedThread() {
            super(0);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
            delaysMinutes.add(unit.toMinutes(delay));
            next = command;
            return null;
        }

        void runNext() {
            next.run();
        }
    }
}
