package io.gatewatch.job.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.job.Rows;
import io.gatewatch.traffic.session.SessionRow;
import java.util.List;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RowBufferOperatorTest {
    private static final int MAX_ROWS = 4;
    private static final long MAX_WAIT_MS = 1_000;

    private OneInputStreamOperatorTestHarness<SessionRow, SessionRow> harness;

    @BeforeEach
    void open() throws Exception {
        harness =
                new OneInputStreamOperatorTestHarness<>(
                        new RowBufferOperator(MAX_ROWS, MAX_WAIT_MS));
        harness.open();
    }

    @AfterEach
    void close() throws Exception {
        harness.close();
    }

    @Test
    void shouldWriteASessionThatChangesOftenOnce() throws Exception {
        put(Rows.of(1, 4), Rows.of(1, 8), Rows.of(1, 6));

        harness.setProcessingTime(MAX_WAIT_MS);

        assertThat(revisions()).containsExactly(8L);
    }

    @Test
    void shouldTakeTheLaterOfTwoRowsOfOneRevision() throws Exception {
        SessionRow named = Rows.of(1, 4);
        named.host = "named.example";
        put(Rows.of(1, 4), named);

        harness.setProcessingTime(MAX_WAIT_MS);

        assertThat(harness.extractOutputValues())
                .extracting(row -> row.host)
                .containsExactly("named.example");
    }

    @Test
    void shouldHandOutRowsByAscendingId() throws Exception {
        put(Rows.of(200, 1), Rows.of(3, 2), Rows.of(100, 3));

        harness.setProcessingTime(MAX_WAIT_MS);

        assertThat(revisions()).containsExactly(2L, 3L, 1L);
    }

    @Test
    void shouldHoldRowsNoLongerThanAllowed() throws Exception {
        put(Rows.of(1, 1));

        harness.setProcessingTime(MAX_WAIT_MS - 1);
        assertThat(revisions()).isEmpty();
        harness.setProcessingTime(MAX_WAIT_MS);
        assertThat(revisions()).containsExactly(1L);

        put(Rows.of(2, 2));
        harness.setProcessingTime(2 * MAX_WAIT_MS);
        assertThat(revisions()).containsExactly(1L, 2L);
    }

    @Test
    void shouldHoldNoMoreRowsThanAllowed() throws Exception {
        put(Rows.of(1, 1), Rows.of(2, 2), Rows.of(3, 3));
        assertThat(revisions()).isEmpty();

        put(Rows.of(4, 4));

        assertThat(revisions()).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void shouldBeEmptyBeforeACheckpointBarrier() throws Exception {
        put(Rows.of(1, 1));

        harness.prepareSnapshotPreBarrier(1);

        assertThat(revisions()).containsExactly(1L);
    }

    @Test
    void shouldBeEmptyAtTheEndOfTheInput() throws Exception {
        put(Rows.of(1, 1));

        harness.endInput();

        assertThat(revisions()).containsExactly(1L);
    }

    private void put(SessionRow... rows) throws Exception {
        for (SessionRow row : rows) {
            harness.processElement(new StreamRecord<>(row));
        }
    }

    private List<Long> revisions() {
        return harness.extractOutputValues().stream().map(row -> row.revision).toList();
    }
}
