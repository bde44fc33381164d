package io.gatewatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.flink.util.SerializedThrowable;
import org.junit.jupiter.api.Test;

class FailureCauseTest {
    @Test
    void shouldTellTheInnermostCause() {
        Throwable failure =
                new IllegalStateException(
                        "job failed", new RuntimeException("task", new IOException("disk full")));

        assertThat(FailureCause.line(failure)).isEqualTo("disk full");
    }

    @Test
    void shouldUnpackWhatTasksHaveShipped() {
        Throwable failure =
                new IllegalStateException(
                        "job failed",
                        new SerializedThrowable(
                                new RuntimeException("task", new IOException("disk full"))));

        assertThat(FailureCause.line(new SerializedThrowable(failure))).isEqualTo("disk full");
    }

    @Test
    void shouldNameTheKindOfAFailureWithoutMessage() {
        assertThat(FailureCause.line(new IllegalStateException()))
                .isEqualTo("IllegalStateException");
    }
}
