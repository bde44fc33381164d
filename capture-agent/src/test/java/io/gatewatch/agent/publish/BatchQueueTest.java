package io.gatewatch.agent.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BatchQueueTest {
    private static final long FOREVER_NS = Long.MAX_VALUE;

    @Test
    void shouldKeepOrder() throws InterruptedException {
        BatchQueue queue = new BatchQueue(10, 1 << 20);
        queue.offer(batch(1, 10));
        queue.offer(batch(2, 10));

        assertThat(poll(queue).partition()).isEqualTo(1);
        assertThat(poll(queue).partition()).isEqualTo(2);
        assertThat(poll(queue)).isNull();
    }

    @Test
    void shouldRefuseWhatWouldExceedItsBytes() {
        BatchQueue queue = new BatchQueue(10, 2 * batch(0, 1000).footprintBytes());

        assertThat(queue.offer(batch(0, 1000))).isTrue();
        assertThat(queue.offer(batch(1, 1000))).isTrue();
        assertThat(queue.offer(batch(2, 1000))).isFalse();
        assertThat(queue.size()).isEqualTo(2);
    }

    @Test
    void shouldRefuseWhatWouldExceedItsCount() {
        BatchQueue queue = new BatchQueue(2, 1 << 20);

        assertThat(queue.offer(batch(0, 1))).isTrue();
        assertThat(queue.offer(batch(1, 1))).isTrue();
        assertThat(queue.offer(batch(2, 1))).isFalse();
    }

    @Test
    void shouldTakeAnyBatchWhenEmpty() {
        BatchQueue queue = new BatchQueue(10, 100);

        assertThat(queue.offer(batch(0, 5000))).isTrue();
    }

    @Test
    void shouldHaveRoomAgainForWhatWasTaken() throws InterruptedException {
        BatchQueue queue = new BatchQueue(1, 1 << 20);
        queue.offer(batch(0, 1));

        poll(queue);

        assertThat(queue.offer(batch(1, 1))).isTrue();
        assertThat(queue.bytes()).isEqualTo(batch(1, 1).footprintBytes());
    }

    @Test
    void shouldWaitForRoom() throws Exception {
        BatchQueue queue = new BatchQueue(1, 1 << 20);
        queue.offer(batch(0, 1));
        CompletableFuture<Boolean> put = put(queue, batch(1, 1));

        assertThat(poll(queue).partition()).isZero();

        assertThat(put.get()).isTrue();
        assertThat(poll(queue).partition()).isEqualTo(1);
    }

    @Test
    void shouldGiveUpWaitingInTime() throws InterruptedException {
        BatchQueue queue = new BatchQueue(1, 1 << 20);
        queue.offer(batch(0, 1));

        assertThat(queue.put(batch(1, 1), 1_000_000)).isFalse();
    }

    @Test
    void shouldLetWaitersGoAtItsEnd() throws Exception {
        BatchQueue queue = new BatchQueue(1, 1 << 20);
        queue.offer(batch(0, 1));
        CompletableFuture<Boolean> put = put(queue, batch(1, 1));

        queue.end();

        assertThat(put.get()).isFalse();
    }

    @Test
    void shouldHandOutWhatIsLeftAtItsEnd() throws InterruptedException {
        BatchQueue queue = new BatchQueue(10, 1 << 20);
        queue.offer(batch(0, 1));

        queue.end();

        assertThat(queue.offer(batch(1, 1))).isFalse();
        assertThat(queue.isDrained()).isFalse();
        assertThat(queue.poll(1, TimeUnit.DAYS).partition()).isZero();
        assertThat(queue.poll(1, TimeUnit.DAYS)).isNull();
        assertThat(queue.isDrained()).isTrue();
    }

    private static CompletableFuture<Boolean> put(BatchQueue queue, QueuedBatch batch) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return queue.put(batch, FOREVER_NS);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    private static QueuedBatch poll(BatchQueue queue) throws InterruptedException {
        return queue.poll(0, TimeUnit.NANOSECONDS);
    }

    private static QueuedBatch batch(int partition, int length) {
        return new QueuedBatch("topic", partition, new byte[length], 1);
    }
}
