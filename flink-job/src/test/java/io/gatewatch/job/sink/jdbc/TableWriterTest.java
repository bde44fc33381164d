package io.gatewatch.job.sink.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.junit.jupiter.api.Test;

class TableWriterTest {
    private final FakeDatabase database = new FakeDatabase();
    private final List<Integer> pauses = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private final TableWriter<String> writer =
            new TableWriter<>(
                    database,
                    FakeDatabase.rows(),
                    new WriterContext(null, StringSerializer.INSTANCE),
                    pauses::add);

    @Test
    void shouldWriteABatchAtOnce() throws Exception {
        write("a", "b", "c");

        assertThat(database.written).containsExactly("a", "b", "c");
        assertThat(database.batches).isOne();
    }

    @Test
    void shouldWriteAllRowsButTheRefusedOnes() throws Exception {
        List<String> rows = IntStream.range(0, 500).mapToObj(i -> "row" + i).toList();
        database.refused.addAll(List.of("row0", "row77", "row78", "row499"));

        writer.write(rows, (row, reason) -> refused.add(row));

        assertThat(refused).containsExactly("row0", "row77", "row78", "row499");
        assertThat(database.written).hasSize(496).doesNotContainAnyElementsOf(refused);
        assertThat(database.batches).isLessThan(4 * 20);
        assertThat(database.opened).isOne();
        assertThat(pauses).isEmpty();
    }

    @Test
    void shouldSayWhatTheDatabaseSaid() throws Exception {
        database.refused.add("a");

        writer.write(List.of("a"), (row, reason) -> refused.add(reason.getMessage()));

        assertThat(refused).containsExactly("Data too long");
    }

    @Test
    void shouldTryAgainOverANewConnection() throws Exception {
        write("a");
        database.failures.add(FakeDatabase.connectionLost());
        database.failures.add(new SQLException("Deadlock found", "40001", 1213));

        write("b");

        assertThat(database.written).containsExactly("a", "b");
        assertThat(database.opened).isEqualTo(3);
        assertThat(pauses).containsExactly(2, 3);
    }

    @Test
    void shouldFailWhenTheDatabaseStaysAway() {
        for (int i = 0; i < 4; i++) {
            database.failures.add(FakeDatabase.connectionLost());
        }

        assertThatThrownBy(() -> write("a"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Communications link failure");

        assertThat(refused).isEmpty();
        assertThat(pauses).containsExactly(2, 3, 4);
    }

    @Test
    void shouldRefuseNoRowTwiceWhenTheConnectionIsLostMeanwhile() throws Exception {
        database.refused.add("a");
        database.failures.add(FakeDatabase.dataTooLong());
        database.failures.add(FakeDatabase.dataTooLong());
        database.failures.add(FakeDatabase.connectionLost());

        write("a", "b");

        assertThat(refused).containsExactly("a");
        assertThat(database.written).containsExactly("b");
    }

    private void write(String... rows) throws IOException, InterruptedException {
        writer.write(List.of(rows), (row, reason) -> refused.add(row));
    }
}
