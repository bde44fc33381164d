package io.gatewatch.job;

import org.apache.flink.util.SerializedThrowable;

/** What a failed job is to tell its user: the innermost cause, in one line. */
final class FailureCause {
    private FailureCause() {}

    /** The message of the innermost cause, shipped from a task or not. */
    static String line(Throwable failure) {
        Throwable cause = unpacked(failure);
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = unpacked(cause.getCause());
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    /** What a task has shipped, or the wrapper itself where its class is not known here. */
    private static Throwable unpacked(Throwable failure) {
        return failure instanceof SerializedThrowable shipped
                ? shipped.deserializeError(FailureCause.class.getClassLoader())
                : failure;
    }
}
