package io.gatewatch.topics;

import io.gatewatch.settings.CommandFailure;
import io.gatewatch.settings.ExitCode;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.TimeoutException;

/** What a Kafka client throws, as one line for the user with the exit code that fits. */
public final class KafkaFailures {
    private KafkaFailures() {}

    /**
     * Explains a failure.
     *
     * @param doing what was tried, as in {@code create topics}
     */
    public static CommandFailure of(KafkaOptions kafka, String doing, Throwable failure) {
        Throwable cause = root(failure);
        String at = "Kafka at " + kafka.bootstrapServers;
        if (cause instanceof CommandFailure known) {
            return known;
        }
        if (cause instanceof AuthenticationException) {
            return new CommandFailure(
                    ExitCode.USAGE,
                    at + " refuses the login: " + line(cause) + "; check the kafka.* settings",
                    failure);
        }
        if (cause instanceof AuthorizationException) {
            return new CommandFailure(
                    ExitCode.USAGE,
                    at + " does not allow this user to " + doing + ": " + line(cause),
                    failure);
        }
        if (cause instanceof InvalidReplicationFactorException) {
            return new CommandFailure(
                    ExitCode.USAGE,
                    "--replication: more than " + at + " has brokers for: " + line(cause),
                    failure);
        }
        if (cause instanceof ConfigException && line(cause).contains("bootstrap")) {
            return new CommandFailure(
                    ExitCode.FAILED,
                    at + ": no such host; check --kafka and the name service",
                    failure);
        }
        if (cause instanceof ConfigException) {
            return new CommandFailure(ExitCode.USAGE, "kafka: " + line(cause), failure);
        }
        if (cause instanceof TimeoutException) {
            return new CommandFailure(
                    ExitCode.FAILED,
                    at
                            + " does not answer within "
                            + text(kafka.connectTimeout)
                            + "; is it running, is --kafka right, does it expect TLS"
                            + " (kafka.security.protocol)?",
                    failure);
        }
        return new CommandFailure(
                ExitCode.FAILED, at + ": cannot " + doing + ": " + line(cause), failure);
    }

    /** Below the wrappers of futures and of the client. */
    private static Throwable root(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null
                && (cause instanceof ExecutionException
                        || cause.getClass() == org.apache.kafka.common.KafkaException.class)) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static String text(Duration duration) {
        return duration.toMillisPart() == 0
                ? duration.toSeconds() + " s"
                : duration.toMillis() + " ms";
    }

    private static String line(Throwable cause) {
        String message = cause.getMessage();
        return message == null
                ? cause.getClass().getSimpleName()
                : message.strip().replaceAll("\\s*\\R\\s*", "; ");
    }
}
