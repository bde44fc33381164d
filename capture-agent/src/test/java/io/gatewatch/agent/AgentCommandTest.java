package io.gatewatch.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.settings.CommandRunner;
import io.gatewatch.settings.ExitCode;
import io.gatewatch.testing.CaptureFileBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentCommandTest {
    private static final int UNSUPPORTED_LINK_TYPE = 147;

    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --kafka k:1 --gateway g                              | --interface
                    --kafka k:1 --gateway g -i eth0 -r x.pcap            | --interface
                    --kafka k:1 -i eth0                                  | --gateway
                    --gateway g -i eth0                                  | --kafka
                    --kafka k --gateway g -i eth0                        | --kafka
                    --kafka k:1 --gateway g -i eth0,eth0                 | each interface once
                    --kafka k:1 --gateway g -i eth0 --snaplen 10         | --snaplen is 10: must be 64 to 262144
                    --kafka k:1 --gateway g -i eth0 --buffer-size 1k     | --buffer-size
                    --kafka k:1 --gateway g -i eth0 --buffer-size many   | is not a size
                    --kafka k:1 --gateway g -i eth0 --queue-bytes 1k     | --queue-bytes
                    --kafka k:1 --gateway g -i eth0 --close-at-end       | --close-at-end is given: only with --read
                    --kafka k:1 --gateway g -i eth0 --ship-again         | --ship-again is given: only with --read
                    --kafka k:1 --gateway g -i eth0 --speed 2            | --speed is given: only with --read
                    --kafka k:1 --gateway g -r x --bpf tcp               | --bpf is tcp: only with --interface
                    --kafka k:1 --gateway g -r x --speed 0               | must be max, or a number
                    --kafka k:1 --gateway g -r x --speed fast            | must be max, or a number
                    --kafka k:1 --gateway g -r x --batch-interval 2m     | --batch-interval is 120000ms: must be 1ms to 60s
                    --kafka k:1 --gateway g -r x --batch-packets 0       | --batch-packets
                    --kafka k:1 --gateway g -r x --payload-packets -1    | --payload-packets
                    --kafka k:1 --gateway g -r x --payload-bytes 99999   | --payload-bytes
                    --kafka k:1 --gateway g -r x --max-flows 0           | --max-flows
                    --kafka k:1 --gateway g -r x --max-datagrams 0       | --max-datagrams is 0: must be 1 to 1048576
                    --kafka k:1 --gateway g -r x --max-fragment-bytes 2g | --max-fragment-bytes is 2147483648: must be 0 to
                    --kafka k:1 --gateway g -r x --metrics-port 70000    | --metrics-port
                    --kafka k:1 --gateway g -r - -                       | --read is -: standard input can be read once
                    --kafka k:1 --gateway g -r x --stop-timeout 1h       | --stop-timeout
                    --kafka k:1 --gateway g -r x --kafka-property acks=0 | kafka.acks is 0: must be all
                    """)
    void shouldRefuseInOneLine(String options, String named) {
        assertThat(run(options.split(" +"))).isEqualTo(ExitCode.USAGE);

        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).startsWith("gatewatch agent: ").contains(named);
    }

    @Test
    void shouldReportAllProblemsTogether() {
        run("--kafka", "k", "--gateway", " g", "-i", "eth0", "--max-flows", "0");

        assertThat(err.toString().lines()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-i eth0,eth1 --bpf tcp --promiscuous --buffer-size 64m --snaplen 96",
                "-i eth0 --interface eth1 --metrics-port 0 --packet-identity",
                "-r a.pcap b.pcap --speed 2.5 --close-at-end --ship-again --site s",
                "--read a.pcap --read b.pcap --speed max --totals - --no-create-topics"
            })
    void shouldAcceptWhatIsDocumented(String options) {
        List<String> args =
                new ArrayList<>(List.of("--check-config", "--kafka", "k:1", "--gateway", "g"));
        args.addAll(List.of(options.split(" ")));

        assertThat(run(args.toArray(String[]::new))).as(err.toString()).isEqualTo(ExitCode.OK);
    }

    @Test
    void shouldTakeItsOptionsFromAFile() throws IOException {
        Path config =
                Files.writeString(
                        folder.resolve("agent.yaml"),
                        """
                        kafka: k:1
                        gateway: g
                        interface: [eth0, eth1]
                        batch-interval: 500ms
                        kafka.security.protocol: SSL
                        """);

        assertThat(run("--check-config", "--config", config.toString()))
                .as(err.toString())
                .isEqualTo(ExitCode.OK);
    }

    @Test
    void shouldNameEveryInputThatCannotBeRead() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.txt"), "not a capture at all");
        Path empty = Files.createFile(folder.resolve("empty.pcap"));
        Path good = CaptureFileBuilder.pcap().writeTo(folder.resolve("good.pcap"));
        Path other =
                CaptureFileBuilder.pcap()
                        .linkType(UNSUPPORTED_LINK_TYPE)
                        .writeTo(folder.resolve("other.pcap"));

        int exitCode =
                run(
                        "--kafka",
                        "127.0.0.1:1",
                        "--gateway",
                        "g",
                        "--read",
                        text.toString(),
                        empty.toString(),
                        good.toString(),
                        other.toString(),
                        folder.resolve("missing.pcap").toString());

        assertThat(exitCode).isEqualTo(ExitCode.INPUT);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString())
                .contains("notes.txt: is not a capture")
                .contains("empty.pcap: is empty")
                .contains("missing.pcap: no such file")
                .contains("other.pcap: no supported link type: only 147")
                .doesNotContain("good.pcap");
    }

    @Test
    void shouldRefuseTotalsThatCannotBeWrittenBeforeItStarts() {
        String totals = folder.resolve("missing/totals.json").toString();

        int exitCode =
                run(
                        "--kafka",
                        "127.0.0.1:1",
                        "--gateway",
                        "g",
                        "--read",
                        "x.pcap",
                        "--totals",
                        totals);

        assertThat(exitCode).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString().strip())
                .isEqualTo(
                        "gatewatch agent: --totals is "
                                + totals
                                + ": cannot be written: no such file or directory");
    }

    @Test
    void shouldRefuseNamesThatATerminalWouldNotShow() {
        int exitCode = run("--kafka", "k:1", "--gateway", "g\u001b[2J", "--read", "x.pcap");

        assertThat(exitCode).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--gateway is 'g\\x1b[2J'").doesNotContain("\u001b");
    }

    @Test
    void shouldHelp() {
        assertThat(run("--help")).isEqualTo(ExitCode.OK);

        assertThat(out.toString()).contains("Usage: gatewatch agent").contains("Examples:");
    }

    private int run(String... args) {
        return new CommandRunner(Map.of(), new PrintWriter(out, true), new PrintWriter(err, true))
                .run(new AgentCommand(), args);
    }
}
