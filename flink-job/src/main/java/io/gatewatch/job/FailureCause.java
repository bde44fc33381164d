package io.gatewatch.job;

/** What a failed job is to tell its user: the innermost cause, in one line. */
final class FailureCause {
    private FailureCause() {}

    static Throwable innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause;
    }

    static String line(Throwable failure) {
        Throwable cause = innermost(failure);
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
