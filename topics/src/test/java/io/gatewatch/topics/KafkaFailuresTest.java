package io.gatewatch.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.settings.CommandFailure;
import io.gatewatch.settings.ExitCode;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KafkaFailuresTest {
    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(
                        new SaslAuthenticationException("bad password"),
                        ExitCode.USAGE,
                        "refuses the login: bad password"),
                Arguments.of(
                        new SslAuthenticationException("no trust"),
                        ExitCode.USAGE,
                        "refuses the login"),
                Arguments.of(
                        new TopicAuthorizationException("denied"),
                        ExitCode.USAGE,
                        "does not allow this user to create topics"),
                Arguments.of(
                        new InvalidReplicationFactorException("3 > 1"),
                        ExitCode.USAGE,
                        "--replication"),
                Arguments.of(
                        new TimeoutException("timed out"),
                        ExitCode.FAILED,
                        "does not answer within 30 s"),
                Arguments.of(
                        new NotLeaderOrFollowerException("moved\nagain"),
                        ExitCode.FAILED,
                        "cannot create topics: moved; again"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void shouldExplain(Exception failure, int exitCode, String expected) {
        KafkaOptions kafka = new KafkaOptions();
        kafka.bootstrapServers = "broker:9092";

        CommandFailure plain = KafkaFailures.of(kafka, "create topics", failure);
        CommandFailure wrapped =
                KafkaFailures.of(
                        kafka,
                        "create topics",
                        new ExecutionException(new KafkaException("failed", failure)));

        assertThat(plain.exitCode()).isEqualTo(exitCode);
        assertThat(plain.getMessage()).contains("broker:9092").contains(expected);
        assertThat(plain.getMessage().lines()).hasSize(1);
        assertThat(wrapped.getMessage()).isEqualTo(plain.getMessage());
    }
}
