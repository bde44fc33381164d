package io.gatewatch.job.sink.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatewatch.job.OperatorHarness;
import io.gatewatch.job.deadletter.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.connector.jdbc.datasource.statements.JdbcQueryStatement;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TableOperatorTest {
    /** Of the operator that the test has made; an operator is shipped to where it runs. */
    private static FakeDatabase database;

    private OperatorHarness<String, DeadLetter> harness;

    @BeforeEach
    void open() throws Exception {
        database = new FakeDatabase();
        harness =
                new OperatorHarness<>(
                        new TableOperator<>(() -> database, new Texts(), attempt -> {}));
        harness.open();
    }

    @AfterEach
    void close() {
        harness.close();
    }

    @Test
    void shouldWriteRowsBeforeTheBarrier() throws Exception {
        put("a", "b");
        assertThat(database.written).isEmpty();

        harness.prepareSnapshotPreBarrier(1);

        assertThat(database.written).containsExactly("a", "b");
        assertThat(database.batches).isOne();
    }

    @Test
    void shouldWriteRowsThatHaveWaited() throws Exception {
        put("a");
        harness.setProcessingTime(999);
        assertThat(database.written).isEmpty();

        harness.setProcessingTime(1_000);
        put("b");
        harness.setProcessingTime(2_000);

        assertThat(database.written).containsExactly("a", "b");
    }

    @Test
    void shouldWriteAFullBatchAtOnce() throws Exception {
        for (int i = 0; i < 501; i++) {
            put("row" + i);
        }

        assertThat(database.written).hasSize(500);
    }

    @Test
    void shouldWriteWhatIsLeftAtTheEnd() throws Exception {
        put("a");

        harness.endInput();

        assertThat(database.written).containsExactly("a");
    }

    @Test
    void shouldHandOnRefusedRowsAsDeadLettersOnce() throws Exception {
        database.refused.add("b");
        put("a", "b", "c");

        harness.prepareSnapshotPreBarrier(1);
        harness.prepareSnapshotPreBarrier(2);

        assertThat(database.written).containsExactly("a", "c");
        List<DeadLetter> letters = harness.extractOutputValues();
        assertThat(letters).hasSize(1);
        assertThat(letters.get(0).key()).isEqualTo("texts-b");
        assertThat(letters.get(0).headers())
                .extracting(header -> header.name() + "=" + header.text())
                .containsExactly("origin=table texts", "reason=Data too long (1406)");
    }

    @Test
    void shouldFailWhereTheDatabaseIsAway() throws Exception {
        for (int i = 0; i < 4; i++) {
            database.failures.add(FakeDatabase.connectionLost());
        }
        put("a");

        assertThatThrownBy(() -> harness.prepareSnapshotPreBarrier(1))
                .hasMessageContaining("Communications link failure");
    }

    @Test
    void shouldNotWriteWhenClosed() throws Exception {
        put("a");

        harness.close();

        assertThat(database.written).isEmpty();
        assertThat(database.isConnectionValid()).isFalse();
    }

    private void put(String... rows) throws Exception {
        for (String row : rows) {
            harness.processElement(new StreamRecord<>(row));
        }
    }

    private static final class Texts implements Table<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public String name() {
            return "texts";
        }

        @Override
        public TypeSerializer<String> serializer() {
            return StringSerializer.INSTANCE;
        }

        @Override
        public JdbcQueryStatement<String> statement() {
            return FakeDatabase.rows();
        }

        @Override
        public DeadLetter deadLetter(String row, String reason) {
            return DeadLetter.ofRow("texts", row, row.getBytes(StandardCharsets.UTF_8), reason);
        }
    }
}
