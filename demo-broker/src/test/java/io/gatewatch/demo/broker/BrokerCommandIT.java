package io.gatewatch.demo.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerCommandIT {
    private static final long END_SECONDS = 60;

    @TempDir Path dir;

    @Test
    void shouldTakeClientsKeepTopicsAndEndWithItsInput() throws Exception {
        Process first = start("0");
        BufferedReader output = first.inputReader();
        try (Admin admin = connect(output)) {
            admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1))).all().get();
        }
        first.getOutputStream().close();
        assertThat(first.waitFor(END_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(output.readLine()).as("standard output beyond the first line").isNull();
        assertThat(first.exitValue()).isZero();

        Process second = start("0");
        try (Admin admin = connect(second.inputReader())) {
            assertThat(admin.listTopics().names().get()).contains("kept");
        } finally {
            second.destroy();
        }
        assertThat(second.waitFor(END_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).as("after SIGTERM").isZero();
    }

    @Test
    void shouldSayThatThePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process process = start(Integer.toString(taken.getLocalPort()));

            assertThat(process.waitFor(END_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(2);
            assertThat(process.errorReader().lines())
                    .containsExactly(
                            "gatewatch demo-broker: port " + taken.getLocalPort() + " is taken");
        }
    }

    private Process start(String port) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerCommand.class.getName(),
                        "--dir",
                        dir.toString(),
                        "--port",
                        port);
        builder.environment().put("GATEWATCH_END_WITH_PARENT", "stdin");
        return builder.start();
    }

    private static Admin connect(BufferedReader output) throws IOException {
        String ready = output.readLine();
        assertThat(ready).matches("READY 127\\.0\\.0\\.1:\\d+");
        return Admin.create(Map.of("bootstrap.servers", ready.substring("READY ".length())));
    }
}
