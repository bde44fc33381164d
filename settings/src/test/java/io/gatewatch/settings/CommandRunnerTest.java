package io.gatewatch.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CommandRunnerTest {
    @TempDir private Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Sample sample = new Sample();

    @Test
    void shouldTakeTheDefaultWhenNobodySaysOtherwise() {
        assertThat(run()).isEqualTo(ExitCode.OK);

        assertThat(sample.colour).isEqualTo("grey");
    }

    @Test
    void shouldPreferTheFileToTheDefault() throws IOException {
        run("--config", file("colour: blue\n"));

        assertThat(sample.colour).isEqualTo("blue");
    }

    @Test
    void shouldPreferTheEnvironmentToTheFile() throws IOException {
        environment.put("GATEWATCH_COLOUR", "green");

        run("--config", file("colour: blue\n"));

        assertThat(sample.colour).isEqualTo("green");
    }

    @Test
    void shouldPreferTheCommandLineToTheEnvironment() {
        environment.put("GATEWATCH_COLOUR", "green");

        run("--colour", "red");

        assertThat(sample.colour).isEqualTo("red");
    }

    @Test
    void shouldReadDurations() {
        run("--pause", "200ms");

        assertThat(sample.pause).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void shouldFindTheFileByEnvironment() throws IOException {
        environment.put("GATEWATCH_CONFIG", file("colour: blue\n"));

        run();

        assertThat(sample.colour).isEqualTo("blue");
    }

    @Test
    void shouldReadASecretFromTheFileThatAVariableNames() throws IOException {
        environment.put(
                "GATEWATCH_COLOUR_FILE",
                Files.writeString(folder.resolve("secret"), "violet\n").toString());

        run();

        assertThat(sample.colour).isEqualTo("violet");
    }

    @Test
    void shouldSayWhichSecretFileCannotBeRead() {
        environment.put("GATEWATCH_COLOUR_FILE", "/nonexistent/secret");

        assertThat(run()).isEqualTo(ExitCode.USAGE);

        assertThat(err.toString())
                .contains("GATEWATCH_COLOUR_FILE")
                .contains("/nonexistent/secret");
    }

    @Test
    void shouldTakeAListFromTheFile() throws IOException {
        run("--config", file("part: [a, 'b,c', d]\n"));

        assertThat(sample.parts).containsExactly("a", "b,c", "d");
    }

    @Test
    void shouldReplaceTheListOfTheFileByThatOfTheCommandLine() throws IOException {
        run("--part", "x", "--config", file("part: [a, b]\n"));

        assertThat(sample.parts).containsExactly("x");
    }

    @Test
    void shouldRefuseAListWhereOneValueIsExpected() throws IOException {
        assertThat(run("--config", file("colour: [a, b]\n"))).isEqualTo(ExitCode.USAGE);

        assertThat(err.toString()).contains("colour is a list of 2");
    }

    @Test
    void shouldPassKafkaPropertiesThroughUnchanged() throws IOException {
        environment.put("GATEWATCH_KAFKA_SASL_JAAS_CONFIG", "user=\"a=b\";");

        run(
                "--kafka-property",
                "acks=1",
                "--config",
                file("kafka:\n  ssl.truststore.location: /t\n  acks: all\nkafka.retries: 3\n"));

        assertThat(sample.kafka)
                .containsEntry("ssl.truststore.location", "/t")
                .containsEntry("retries", "3")
                .containsEntry("sasl.jaas.config", "user=\"a=b\";")
                .containsEntry("acks", "1");
    }

    @Test
    void shouldNotTakeAnOptionForAKafkaProperty() {
        environment.put("GATEWATCH_KAFKA_PROPERTY", "client.id=x");

        run();

        assertThat(sample.kafka).containsOnlyKeys("client.id");
    }

    @Test
    void shouldReportAllProblemsTogether() throws IOException {
        String config = file("nosuch: 1\nother: 2\n");

        int exitCode = run("--number", "many", "--frob", "--config", config);

        assertThat(exitCode).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString().lines())
                .hasSize(4)
                .allMatch(line -> line.startsWith("gatewatch sample: "))
                .anyMatch(line -> line.contains(config + ": unknown key nosuch"))
                .anyMatch(line -> line.contains(config + ": unknown key other"))
                .anyMatch(line -> line.contains("--number") && line.contains("many"))
                .anyMatch(line -> line.contains("--frob"));
        assertThat(sample.ran).isFalse();
    }

    @Test
    void shouldReportWhatTheCommandFindsWrong() {
        assertThat(run("--number", "-1")).isEqualTo(ExitCode.USAGE);

        assertThat(err.toString().strip())
                .isEqualTo("gatewatch sample: --number is -1: must be 0 or more");
        assertThat(sample.ran).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    not a mapping    | - a\\n- b\\n               | a mapping of options
                    broken           | colour: [a\\nnumber: 3\\n   | :2:
                    tab              | colour:\\n\\tx: 1\\n         | :2:1
                    duplicate        | colour: a\\ncolour: b\\n    | duplicate key colour
                    """)
    void shouldSayWhereTheFileIsWrong(String name, String text, String expected)
            throws IOException {
        String path = file(text.replace("\\n", "\n").replace("\\t", "\t"));

        assertThat(run("--config", path)).isEqualTo(ExitCode.USAGE);

        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains(path).contains(expected);
    }

    @Test
    void shouldSayThatTheFileIsMissing() {
        assertThat(run("--config=/nonexistent.yaml")).isEqualTo(ExitCode.USAGE);

        assertThat(err.toString()).contains("/nonexistent.yaml: no such configuration file");
    }

    @Test
    void shouldAcceptAnEmptyFile() throws IOException {
        assertThat(run("--config", file(""))).isEqualTo(ExitCode.OK);
    }

    @Test
    void shouldCheckWithoutRunning() throws IOException {
        assertThat(run("--check-config", "--config", file("number: 3\n"))).isEqualTo(ExitCode.OK);

        assertThat(out.toString()).isEqualTo("configuration is valid" + System.lineSeparator());
        assertThat(sample.ran).isFalse();
    }

    @Test
    void shouldFindProblemsWhenChecking() throws IOException {
        assertThat(run("--check-config", "--config", file("number: -3\n")))
                .isEqualTo(ExitCode.USAGE);

        assertThat(err.toString()).contains("--number is -3");
    }

    @Test
    void shouldShowHelpOnStandardOutput() {
        assertThat(run("--help")).isEqualTo(ExitCode.OK);

        assertThat(out.toString()).startsWith("Usage: gatewatch sample");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void shouldShowTheVersion() {
        assertThat(run("--version")).isEqualTo(ExitCode.OK);

        assertThat(out.toString()).startsWith("gatewatch ");
    }

    @Test
    void shouldRunTheSubcommandWithItsOwnOptions() {
        Group group = new Group();
        CommandRunner runner =
                new CommandRunner(environment, new PrintWriter(out), new PrintWriter(err, true));

        assertThat(runner.run(group, "part", "--size", "x")).isEqualTo(ExitCode.USAGE);

        assertThat(err.toString()).startsWith("gatewatch group part: ").contains("--size");
    }

    @Test
    void shouldGiveTheExitCodeOfAFailure() {
        sample.failure = CommandFailure.input("x.pcap: not a\n  capture");

        assertThat(run()).isEqualTo(ExitCode.INPUT);

        assertThat(err.toString().strip()).isEqualTo("gatewatch sample: x.pcap: not a; capture");
    }

    @Test
    void shouldKeepStackTracesFromUsers() {
        sample.failure = new IllegalStateException("surprise");

        assertThat(run()).isEqualTo(ExitCode.FAILED);

        assertThat(err.toString().lines())
                .containsExactly("gatewatch sample: IllegalStateException: surprise");
    }

    @Test
    void shouldNameTheRemedyWhenMemoryRunsOut() {
        sample.error = new OutOfMemoryError("Java heap space");

        assertThat(run()).isEqualTo(ExitCode.FAILED);

        assertThat(err.toString().lines()).containsExactly("gatewatch sample: " + OutOfMemory.LINE);
    }

    @Test
    void shouldNameTheRemedyWhenAnotherThreadRanOutOfMemory() {
        sample.failure = new IllegalStateException(new OutOfMemoryError("Java heap space"));

        assertThat(run()).isEqualTo(ExitCode.FAILED);

        assertThat(err.toString().lines()).containsExactly("gatewatch sample: " + OutOfMemory.LINE);
    }

    @Test
    void shouldKeepErrorsToOneLine() {
        sample.error = new NoClassDefFoundError("io/gatewatch/Missing");

        assertThat(run()).isEqualTo(ExitCode.FAILED);

        assertThat(err.toString().lines())
                .containsExactly("gatewatch sample: NoClassDefFoundError: io/gatewatch/Missing");
    }

    @Test
    void shouldEscapeWhatWouldActOnATerminal() {
        sample.failure = CommandFailure.input("a\u001b[31mb.pcap: no such file");

        run();

        assertThat(err.toString().strip())
                .isEqualTo("gatewatch sample: a\\x1b[31mb.pcap: no such file");
    }

    @Test
    void shouldRefuseADirectoryForAConfigurationFile() {
        assertThat(run("--config", folder.toString())).isEqualTo(ExitCode.USAGE);

        assertThat(err.toString().strip())
                .isEqualTo(
                        "gatewatch sample: " + folder + ": is a directory, a YAML file is needed");
    }

    @Test
    void shouldRefuseAConfigurationFileThatIsNotText() throws IOException {
        byte[] latin1 = {'c', 'o', 'l', 'o', 'u', 'r', ':', ' ', 'b', (byte) 0xFC};
        Path config = Files.write(folder.resolve("config.yaml"), latin1);

        assertThat(run("--config", config.toString())).isEqualTo(ExitCode.USAGE);

        assertThat(err.toString().strip())
                .isEqualTo("gatewatch sample: " + config + ": not YAML: it is not text in UTF-8");
    }

    @Test
    void shouldRefuseAConfigurationFileWithControlCharacters() throws IOException {
        assertThat(run("--config", file("colour: \u0000\u0001\n"))).isEqualTo(ExitCode.USAGE);

        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains("config.yaml: not YAML: ");
    }

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("config.yaml"), text).toString();
    }

    private int run(String... args) {
        return new CommandRunner(
                        environment, new PrintWriter(out, true), new PrintWriter(err, true))
                .run(sample, args);
    }

    @CommandLine.Command(name = "sample")
    static final class Sample implements Command {
        @CommandLine.Mixin CommonOptions common;

        @CommandLine.Option(names = "--colour", defaultValue = "grey")
        String colour;

        @CommandLine.Option(names = "--number", defaultValue = "0")
        int number;

        @CommandLine.Option(names = "--pause", defaultValue = "5s")
        Duration pause;

        @CommandLine.Option(names = "--part")
        List<String> parts = new ArrayList<>();

        @CommandLine.Option(names = "--kafka-property")
        Map<String, String> kafka = new LinkedHashMap<>();

        private RuntimeException failure;
        private Error error;
        private boolean ran;

        @Override
        public void validate(Problems problems) {
            problems.require(number >= 0, "--number", number, "must be 0 or more");
        }

        @Override
        public int run() {
            ran = true;
            if (error != null) {
                throw error;
            }
            if (failure != null) {
                throw failure;
            }
            return ExitCode.OK;
        }
    }

    @CommandLine.Command(name = "group", subcommands = Part.class)
    private static final class Group implements Command {
        @Override
        public int run() {
            return ExitCode.USAGE;
        }
    }

    @CommandLine.Command(name = "part")
    static final class Part implements Command {
        @CommandLine.Option(names = "--size")
        int size;

        @Override
        public int run() {
            return ExitCode.OK;
        }
    }
}
