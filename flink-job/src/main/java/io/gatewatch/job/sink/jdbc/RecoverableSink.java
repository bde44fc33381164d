package io.gatewatch.job.sink.jdbc;

import java.io.IOException;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A sink that fails only where a failure leads to a restart. Flink's JDBC writer writes what it
 * still holds when it is closed; with the database away that fails too, and Flink takes a failure
 * while closing for a broken task manager and ends it, so that the job could never come back. What
 * is lost by a failed closing was not covered by a checkpoint: it is written again after the
 * restart.
 */
final class RecoverableSink<T> implements Sink<T> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(RecoverableSink.class);

    private final Sink<T> sink;

    RecoverableSink(Sink<T> sink) {
        this.sink = sink;
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) throws IOException {
        DriverRelease.register(context);
        return new Writer<>(sink.createWriter(context));
    }

    private record Writer<T>(SinkWriter<T> writer) implements SinkWriter<T> {
        @Override
        public void write(T row, Context context) throws IOException, InterruptedException {
            writer.write(row, context);
        }

        @Override
        public void flush(boolean endOfInput) throws IOException, InterruptedException {
            writer.flush(endOfInput);
        }

        @Override
        @SuppressWarnings("Interruption") // closing ends the task's thread, interrupted or not
        public void close() {
            try {
                writer.close();
            } catch (Exception e) {
                LOG.debug("rows were not written when the sink was closed", e);
            }
        }
    }
}
