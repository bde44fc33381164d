package io.gatewatch.agent;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Whether the agent has been asked to end; may be asked from any thread, any number of times. */
final class StopRequest {
    private final CountDownLatch latch = new CountDownLatch(1);

    void request() {
        latch.countDown();
    }

    boolean isRequested() {
        return latch.getCount() == 0;
    }

    /**
     * Waits, unless asked to end meanwhile.
     *
     * @return whether the agent has been asked to end
     */
    boolean await(long nanos) throws InterruptedException {
        return latch.await(nanos, TimeUnit.NANOSECONDS);
    }
}
