package io.gatewatch.job;

import io.gatewatch.settings.OutOfMemory;
import java.sql.SQLException;
import org.apache.flink.util.SerializedThrowable;
import org.apache.kafka.common.KafkaException;

/** What a failed job is to tell its user: the innermost cause, in one line. */
final class FailureCause {
    private FailureCause() {}

    /**
     * The message of the innermost cause, shipped from a task or not, behind the name of the server
     * that it is about.
     */
    static String line(Throwable failure) {
        Throwable cause = unpacked(failure);
        String server = server(cause);
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = unpacked(cause.getCause());
            server = server.isEmpty() ? server(cause) : server;
        }
        if (cause instanceof OutOfMemoryError) {
            return OutOfMemory.LINE;
        }
        String message = cause.getMessage();
        return server + (message == null ? cause.getClass().getSimpleName() : message);
    }

    private static String server(Throwable cause) {
        if (cause instanceof SQLException) {
            return "database: ";
        }
        return cause instanceof KafkaException ? "Kafka: " : "";
    }

    /** What a task has shipped, or the wrapper itself where its class is not known here. */
    private static Throwable unpacked(Throwable failure) {
        return failure instanceof SerializedThrowable shipped
                ? shipped.deserializeError(FailureCause.class.getClassLoader())
                : failure;
    }
}
