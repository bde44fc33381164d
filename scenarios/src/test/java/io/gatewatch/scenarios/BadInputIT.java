package io.gatewatch.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a user gets wrong costs one clear line and the documented exit code, never a stack trace.
 */
class BadInputIT {
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int INPUT = 3;

    @TempDir private Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    no-such-command                                       | 2 | no-such-command
                    analyze                                               | 2 | FILE
                    analyze --no-such-option x.pcap                       | 2 | no-such-option
                    analyze --parallelism zero x.pcap                     | 2 | parallelism
                    analyze --parallelism 0 x.pcap                        | 2 | parallelism
                    analyze --format xml x.pcap                           | 2 | format
                    analyze --config /nonexistent/config.yaml x.pcap      | 2 | /nonexistent/config.yaml
                    analyze /nonexistent/x.pcap                           | 3 | /nonexistent/x.pcap
                    agent --gateway g --kafka localhost:1                 | 2 | --interface
                    agent --read /nonexistent.pcap --kafka localhost:1    | 2 | --gateway
                    agent --read x.pcap --gateway g                       | 2 | --kafka
                    job --kafka localhost:1                               | 2 | --jdbc-url
                    job --jdbc-url jdbc:mysql://localhost:1/x             | 2 | --kafka
                    database migrate                                      | 2 | --jdbc-url
                    topics create                                         | 2 | --kafka
                    analyze --output /proc/out x.pcap                     | 2 | --output is /proc/out
                    analyze --config /proc x.pcap                         | 2 | /proc: is a directory
                    agent --read x.pcap --gateway g --kafka localhost:1 --totals /proc/t | 2 | --totals is /proc/t
                    job --kafka localhost:1 --jdbc-url jdbc:mysql://localhost:1/x --state-dir /proc/state | 2 | --state-dir is /proc/state
                    """)
    void shouldRefuseInOneLine(String commandLine, int exitCode, String named) throws Exception {
        Gatewatch.run(commandLine.split(" ")).assertRefused(exitCode, named);
    }

    @Test
    void shouldRefuseWhatIsNotACapture() throws Exception {
        Path text = Files.writeString(folder.resolve("notes.pcap"), "this is not a capture\n");

        Gatewatch.Result result = Gatewatch.run("analyze", text.toString());

        result.assertRefused(INPUT, "notes.pcap");
    }

    @Test
    void shouldRefuseAnEmptyFile() throws Exception {
        Path empty = Files.createFile(folder.resolve("empty.pcap"));

        Gatewatch.Result result = Gatewatch.run("analyze", empty.toString());

        result.assertRefused(INPUT, "empty.pcap");
    }

    @Test
    void shouldRefuseACaptureCutInsideItsGlobalHeader() throws Exception {
        Path cut = folder.resolve("cut.pcap");
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(anyCapture()), 20));

        Gatewatch.Result result = Gatewatch.run("analyze", cut.toString());

        result.assertRefused(INPUT, "cut.pcap");
    }

    @Test
    void shouldKeepWhatWasReadOfACaptureCutLater() throws Exception {
        Path cut = folder.resolve("cut-late.pcap");
        byte[] whole = Files.readAllBytes(anyCapture());
        Files.write(cut, Arrays.copyOf(whole, whole.length - 5));
        Path output = folder.resolve("out");

        Gatewatch.Result result =
                Gatewatch.run("analyze", cut.toString(), "--output", output.toString());

        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(result.err()).contains("cut-late.pcap").doesNotContain("\tat ");
        assertThat(Files.readString(output.resolve("sessions.jsonl"))).isNotEmpty();
    }

    @Test
    void shouldDoTheOtherFilesWhenOneIsUnreadable() throws Exception {
        Path text = Files.writeString(folder.resolve("notes.pcap"), "this is not a capture\n");
        Path good = Files.copy(anyCapture(), folder.resolve("good.pcap"));
        Path output = folder.resolve("out");

        Gatewatch.Result result =
                Gatewatch.run(
                        "analyze",
                        "--per-file",
                        "--output",
                        output.toString(),
                        text.toString(),
                        good.toString());

        result.assertRefused(INPUT, "notes.pcap");
        assertThat(output.resolve("good.pcap/sessions.jsonl")).isNotEmptyFile();
        assertThat(output.resolve("notes.pcap/error.txt")).content().contains("notes.pcap");
        assertThat(output.resolve("notes.pcap/sessions.jsonl")).doesNotExist();
    }

    @Test
    void shouldRefuseTwoFilesOfOneBaseName() throws Exception {
        Path first =
                Files.copy(
                        anyCapture(), Files.createDirectory(folder.resolve("a")).resolve("x.pcap"));
        Path second =
                Files.copy(
                        anyCapture(), Files.createDirectory(folder.resolve("b")).resolve("x.pcap"));

        Gatewatch.Result result =
                Gatewatch.run(
                        "analyze",
                        "--per-file",
                        "--output",
                        folder.resolve("out").toString(),
                        first.toString(),
                        second.toString());

        result.assertRefused(USAGE, "x.pcap");
    }

    @Test
    void shouldRefuseAnOutputFolderThatCannotBeWritten() throws Exception {
        Path file = Files.createFile(folder.resolve("taken"));

        Gatewatch.Result result =
                Gatewatch.run("analyze", anyCapture().toString(), "--output", file.toString());

        result.assertRefused(USAGE, "taken");
    }

    @Test
    void shouldSayWhenKafkaCannotBeReached() throws Exception {
        Gatewatch.Result result =
                Gatewatch.run(
                        "agent",
                        "--read",
                        anyCapture().toString(),
                        "--gateway",
                        "g",
                        "--connect-timeout",
                        "2s",
                        "--kafka",
                        "127.0.0.1:" + closedPort());

        result.assertRefused(FAILED, "127.0.0.1:");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "database migrate --jdbc-url jdbc:mysql://127.0.0.1:PORT/gatewatch",
                "database maintain --jdbc-url jdbc:mysql://127.0.0.1:PORT/gatewatch",
                "job --kafka 127.0.0.1:PORT --jdbc-url jdbc:mysql://127.0.0.1:PORT/gatewatch",
                "topics create --connect-timeout 2s --kafka 127.0.0.1:PORT"
            })
    void shouldSayWhichServerCannotBeReached(String commandLine) throws Exception {
        String port = Integer.toString(closedPort());

        Gatewatch.Result result =
                Gatewatch.run(
                        Map.of("GATEWATCH_JDBC_PASSWORD", "x"),
                        commandLine.replace("PORT", port).split(" "));

        result.assertRefused(FAILED, "127.0.0.1:" + port);
    }

    @Test
    void shouldRefuseAHeapThatJavaWouldNotTake() throws Exception {
        Gatewatch.Result result =
                Gatewatch.run(Map.of("GATEWATCH_HEAP", "12x"), "analyze", anyCapture().toString());

        result.assertRefused(USAGE, "GATEWATCH_HEAP is 12x: must be a size such as 512m or 2g");
    }

    @Test
    void shouldNeverSendControlCharactersOfAFileNameToTheTerminal() throws Exception {
        Gatewatch.Result result = Gatewatch.run("analyze", folder + "/a\u001b[31mb.pcap");

        result.assertRefused(INPUT, "a\\x1b[31mb.pcap: no such file");
    }

    @Test
    void shouldNameTheFileAndLeaveNothingHalfWrittenWhenTheDiskIsFull() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(isMounted(disk), "not root, or no mount: a full disk is not tested");
        try {
            Gatewatch.Result result =
                    Gatewatch.run(
                            "analyze", Cases.bundled().toString(), "--output", disk.toString());

            // Whichever file is written first.
            String file = result.err().contains("dns.jsonl") ? "dns.jsonl" : "sessions.jsonl";
            result.assertRefused(FAILED, disk.resolve(file) + ": cannot be written: ");
            assertThat(disk).isEmptyDirectory();
        } finally {
            run("umount", disk.toString());
        }
    }

    private static boolean isMounted(Path disk) throws Exception {
        return "root".equals(System.getProperty("user.name"))
                && run("mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", disk.toString()) == 0;
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private static Path anyCapture() throws IOException {
        return Cases.captures().get(0);
    }

    /** A port of this machine that nothing listens on. */
    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
