package io.gatewatch.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import org.apache.flink.util.SerializedThrowable;
import org.apache.kafka.common.KafkaException;
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
    void shouldNameTheServerThatAFailureIsAbout() {
        IOException refused = new IOException("Connection refused");

        assertThat(
                        FailureCause.line(
                                new RuntimeException(new SQLException("link failure", refused))))
                .isEqualTo("database: Connection refused");
        assertThat(FailureCause.line(new RuntimeException(new KafkaException("x", refused))))
                .isEqualTo("Kafka: Connection refused");
    }

    @Test
    void shouldNameTheRemedyWhenMemoryRanOut() {
        Throwable failure =
                new SerializedThrowable(
                        new RuntimeException("task", new OutOfMemoryError("Java heap space")));

        assertThat(FailureCause.line(failure)).contains("GATEWATCH_HEAP");
    }

    @Test
    void shouldNameTheKindOfAFailureWithoutMessage() {
        assertThat(FailureCause.line(new IllegalStateException()))
                .isEqualTo("IllegalStateException");
    }
}
