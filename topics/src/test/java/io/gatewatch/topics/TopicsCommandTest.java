package io.gatewatch.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.settings.CommandRunner;
import io.gatewatch.settings.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicsCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource({
        "--kafka localhost, --kafka",
        "--kafka :9092, --kafka",
        "--kafka localhost:port, --kafka",
        "--kafka a:1;b:2, --kafka",
        "--kafka a:1 --partitions 0, --partitions",
        "--kafka a:1 --dns-partitions -1, --dns-partitions",
        "--kafka a:1 --replication 0, --replication",
        "--kafka a:1 --retention-hours 0, --retention-hours",
        "--kafka a:1 --connect-timeout 0s, --connect-timeout"
    })
    void shouldRefuseBadValues(String options, String named) {
        assertThat(create(options.split(" "))).isEqualTo(ExitCode.USAGE);

        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).startsWith("gatewatch topics create: ").contains(named);
    }

    @ParameterizedTest
    @CsvSource({"localhost:9092", "'a:1,b:2'", "[::1]:9092", "[fe80::1%eth0]:9092"})
    void shouldAcceptAddresses(String kafka) {
        assertThat(create("--check-config", "--kafka", kafka)).isEqualTo(ExitCode.OK);
    }

    @Test
    void shouldSayThatNobodyListens() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        int exitCode = create("--kafka", "127.0.0.1:" + port, "--connect-timeout", "300ms");

        assertThat(exitCode).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains("127.0.0.1:" + port).contains("is it running");
    }

    @Test
    void shouldSayThatTheHostIsUnknown() {
        int exitCode = create("--kafka", "no-such-host.invalid:9092", "--connect-timeout", "300ms");

        assertThat(exitCode).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString()).contains("no-such-host.invalid:9092").contains("no such host");
    }

    @Test
    void shouldSayThatASettingOfTheClientIsWrong() {
        int exitCode =
                create("--kafka", "127.0.0.1:1", "--kafka-property", "security.protocol=NONE");

        assertThat(exitCode).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains("security.protocol");
    }

    @Test
    void shouldSayWhatCanBeDone() {
        assertThat(run()).isEqualTo(ExitCode.USAGE);

        assertThat(err.toString()).contains("topics create");
    }

    private int create(String... options) {
        String[] args = new String[options.length + 1];
        args[0] = "create";
        System.arraycopy(options, 0, args, 1, options.length);
        return run(args);
    }

    private int run(String... args) {
        return new CommandRunner(Map.of(), new PrintWriter(out, true), new PrintWriter(err, true))
                .run(new TopicsCommand(), args);
    }
}
