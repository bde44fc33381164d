package io.gatewatch.job.source.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatewatch.capture.batch.BatchTopic;
import io.gatewatch.job.Captures;
import io.gatewatch.job.source.BatchRecord;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchQueueTest {
    private static final BatchRecord FIRST = batch(1);
    private static final BatchRecord SECOND = batch(2);

    private final BatchQueue queue = new BatchQueue(FIRST.bytes().length);

    private static BatchRecord batch(long clockNs) {
        return Captures.punctuation(BatchTopic.PACKETS, 0, clockNs, 0, BatchRecord.NO_APPEND_TIME);
    }

    @Test
    void shouldSayWhenSomethingIsThere() throws Exception {
        CompletableFuture<Void> available = queue.available();
        assertThat(available).isNotDone();
        assertThat(queue.poll()).isNull();

        queue.put(FIRST);

        assertThat(available).isDone();
        assertThat(queue.poll()).isSameAs(FIRST);
        assertThat(queue.available()).isNotDone();
        assertThat(queue.isExhausted()).isFalse();
    }

    @Test
    void shouldHoldTheReaderWhileItIsFull() throws Exception {
        queue.put(FIRST);
        CompletableFuture<Boolean> second = putBeside(SECOND);
        assertThat(second).isNotDone();

        assertThat(queue.poll()).isSameAs(FIRST);

        assertThat(second.get()).isTrue();
        assertThat(queue.poll()).isSameAs(SECOND);
    }

    @Test
    void shouldHandOutEverythingBeforeTheEnd() throws Exception {
        queue.put(FIRST);
        queue.end(null);

        assertThat(queue.isExhausted()).isFalse();
        assertThat(queue.poll()).isSameAs(FIRST);
        assertThat(queue.isExhausted()).isTrue();
        assertThat(queue.available()).isDone();
    }

    @Test
    void shouldFailAfterWhatWasRead() throws Exception {
        queue.put(FIRST);
        queue.end(new IOException("disk gone"));

        assertThat(queue.poll()).isSameAs(FIRST);
        assertThat(queue.available()).isDone();
        assertThatThrownBy(queue::poll).isInstanceOf(IOException.class).hasMessage("disk gone");
        assertThat(queue.isExhausted()).isFalse();
    }

    @Test
    void shouldLetTheReaderGoWhenNobodyAsksAnyMore() throws Exception {
        queue.put(FIRST);
        CompletableFuture<Boolean> second = putBeside(SECOND);

        queue.abandon();

        assertThat(second.get()).isFalse();
        assertThat(queue.put(SECOND)).isFalse();
    }

    /** Adds on another thread, and returns once that thread waits or is through. */
    private CompletableFuture<Boolean> putBeside(BatchRecord batch) throws InterruptedException {
        CompletableFuture<Boolean> outcome = new CompletableFuture<>();
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                outcome.complete(queue.put(batch));
                            } catch (InterruptedException e) {
                                outcome.completeExceptionally(e);
                            }
                        });
        thread.start();
        while (thread.getState() != Thread.State.WAITING
                && thread.getState() != Thread.State.TERMINATED) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        return outcome;
    }
}
