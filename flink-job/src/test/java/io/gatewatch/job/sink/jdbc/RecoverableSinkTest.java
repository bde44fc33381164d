package io.gatewatch.job.sink.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.junit.jupiter.api.Test;

class RecoverableSinkTest {
    private final FailingWriter failing = new FailingWriter();

    @Test
    void shouldFailTheTaskWhenRowsCannotBeWritten() throws Exception {
        SinkWriter<String> writer = writer();
        writer.write("row", null);

        assertThat(failing.rows).containsExactly("row");
        assertThatThrownBy(() -> writer.flush(false)).isInstanceOf(IOException.class);
    }

    @Test
    void shouldNotFailWhenClosed() throws Exception {
        SinkWriter<String> writer = writer();

        assertThatCode(writer::close).doesNotThrowAnyException();

        assertThat(failing.closed).isTrue();
    }

    private SinkWriter<String> writer() throws IOException {
        return new RecoverableSink<>(new FailingSink(failing)).createWriter(null);
    }

    private static final class FailingSink implements Sink<String> {
        private static final long serialVersionUID = 1L;

        private final transient FailingWriter writer;

        FailingSink(FailingWriter writer) {
            this.writer = writer;
        }

        @Override
        public SinkWriter<String> createWriter(WriterInitContext context) {
            return writer;
        }
    }

    private static final class FailingWriter implements SinkWriter<String> {
        private final List<String> rows = new ArrayList<>();
        private boolean closed;

        @Override
        public void write(String row, Context context) {
            rows.add(row);
        }

        @Override
        public void flush(boolean endOfInput) throws IOException {
            throw new IOException("database away");
        }

        @Override
        public void close() {
            closed = true;
            throw new IllegalStateException("database away");
        }
    }
}
