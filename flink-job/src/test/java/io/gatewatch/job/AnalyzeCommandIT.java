package io.gatewatch.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.settings.CommandRunner;
import io.gatewatch.settings.ExitCode;
import io.gatewatch.testing.CaptureFileBuilder;
import io.gatewatch.testing.TimedFrame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command in this process, with a Flink cluster of its own each time. */
class AnalyzeCommandIT {
    private static final Pattern START = Pattern.compile("\"start_time\":\"([^\"]+)\"");
    private static final Pattern ID = Pattern.compile("\"session_id\":\"([^\"]+)\"");
    private static final int USER = 147;

    @TempDir private Path folder;
    private Path capture;

    @BeforeEach
    void writeCapture() throws IOException {
        capture =
                CaptureFileBuilder.pcap()
                        .nanoseconds()
                        .packets(Captures.mixed(1))
                        .writeTo(folder.resolve("mixed.pcap"));
    }

    @ParameterizedTest(name = "analyze {0}")
    @ValueSource(
            strings = {
                "--parallelism 2",
                "--parallelism 4",
                "--batch-interval 1s",
                "--batch-interval 7ms --parallelism 3",
                "--batch-packets 1",
                "--batch-packets 17 --parallelism 2"
            })
    void shouldGiveTheSameBytesHoweverItIsRun(String options) throws IOException {
        byte[] expected = sessions("reference");

        assertThat(sessions("other", options.split(" "))).isEqualTo(expected);
    }

    @Test
    void shouldGiveTheSameNamesAndTheSameDnsLogHoweverItIsRun() throws IOException {
        capture = write(Captures.named(1), "named.pcap");
        byte[] expected = sessions("one", "--parallelism", "1");
        assertThat(new String(expected, UTF_8).lines().filter(line -> line.contains("\"dns\"")))
                .hasSizeGreaterThan(150);

        for (String parallelism : List.of("2", "4")) {
            assertThat(sessions(parallelism, "--parallelism", parallelism)).isEqualTo(expected);
            assertThat(folder.resolve(parallelism).resolve("dns.jsonl"))
                    .isNotEmptyFile()
                    .hasSameBinaryContentAs(folder.resolve("one/dns.jsonl"));
        }
    }

    private byte[] sessions(String name, String... options) throws IOException {
        Path output = folder.resolve(name);
        List<String> arguments = new ArrayList<>(Arrays.asList(options));
        arguments.addAll(List.of("--output", output.toString(), capture.toString()));
        Result result = run(arguments.toArray(String[]::new));
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.err()).isEmpty();
        byte[] sessions = Files.readAllBytes(output.resolve("sessions.jsonl"));
        assertThat(sessions).isNotEmpty();
        return sessions;
    }

    @Test
    void shouldSortSessionsByStartThenId() throws IOException {
        List<String> places = new ArrayList<>();
        for (String line : new String(sessions("out"), UTF_8).lines().toList()) {
            places.add(group(START, line) + " " + group(ID, line));
        }

        assertThat(places).hasSizeGreaterThan(50).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void shouldCountEveryPacketOnce() throws IOException {
        Pattern packets = Pattern.compile("\"(?:client|server)_packets\":(\\d+)");
        Matcher matcher = packets.matcher(new String(sessions("out"), UTF_8));
        long sum = 0;
        while (matcher.find()) {
            sum += Long.parseLong(matcher.group(1));
        }

        assertThat(sum).isEqualTo(Captures.mixed(1).size());
    }

    @Test
    void shouldSayHowEverySessionEnded() throws IOException {
        String sessions = new String(sessions("out"), UTF_8);

        assertThat(sessions)
                .contains("\"end_reason\":\"fin\"")
                .contains("\"end_reason\":\"idle\"")
                .contains("\"end_reason\":\"end_of_input\"")
                .doesNotContain("\"end_reason\":\"open\"");
    }

    @Test
    void shouldWriteTheOutputsThatHaveNoRowsYet() throws IOException {
        sessions("out");

        assertThat(folder.resolve("out/dns.jsonl")).isEmptyFile();
        assertThat(folder.resolve("out/app_usage.jsonl")).isEmptyFile();
        assertThat(folder.resolve("out")).isDirectoryNotContaining("glob:**.unfinished");
    }

    @Test
    void shouldTakeSeveralFilesForOneStream() throws IOException {
        List<TimedFrame> frames = Captures.mixed(1);
        List<TimedFrame> even = new ArrayList<>();
        List<TimedFrame> odd = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            (i % 2 == 0 ? even : odd).add(frames.get(i));
        }
        Path first = write(even, "even.pcap");
        Path second = write(odd, "odd.pcap");
        byte[] expected = sessions("whole");

        Result result = run("--output", path("split"), first.toString(), second.toString());

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(folder.resolve("split/sessions.jsonl")).hasBinaryContent(expected);
    }

    @Test
    void shouldKeepFilesApartWhenAskedTo() throws IOException {
        byte[] alone = sessions("alone");
        Path copy = Files.copy(capture, folder.resolve("copy.pcap"));

        Result result =
                run(
                        "--per-file",
                        "--output",
                        path("each"),
                        capture.toString(),
                        copy.toString(),
                        write(Captures.mixed(2), "other.pcap").toString());

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(folder.resolve("each/mixed.pcap/sessions.jsonl")).hasBinaryContent(alone);
        assertThat(folder.resolve("each/copy.pcap/sessions.jsonl")).hasBinaryContent(alone);
        assertThat(folder.resolve("each/other.pcap/sessions.jsonl")).isNotEmptyFile();
    }

    @Test
    void shouldWriteAnErrorFileForWhatIsNoCapture() throws IOException {
        Path noCapture = Files.writeString(folder.resolve("notes.txt"), "not a capture at all");

        Result result =
                run("--per-file", "--output", path("each"), noCapture.toString(), path(capture));

        assertThat(result.exitCode()).isEqualTo(ExitCode.INPUT);
        assertThat(result.err().lines()).singleElement().asString().contains("notes.txt");
        assertThat(folder.resolve("each/notes.txt/error.txt"))
                .content()
                .startsWith(noCapture.toString());
        assertThat(folder.resolve("each/notes.txt/sessions.jsonl")).doesNotExist();
        assertThat(folder.resolve("each/mixed.pcap/sessions.jsonl")).isNotEmptyFile();
    }

    @Test
    void shouldForgetAnEarlierRunsOutcomeOfAFile() throws IOException {
        Path changing = Files.writeString(folder.resolve("changing.pcap"), "not a capture");
        run("--per-file", "--output", path("each"), changing.toString());

        write(Captures.mixed(1), "changing.pcap");
        Result good = run("--per-file", "--output", path("each"), changing.toString());
        assertThat(good.exitCode()).as(good.err()).isZero();
        assertThat(folder.resolve("each/changing.pcap/error.txt")).doesNotExist();

        Files.writeString(changing, "not a capture");
        run("--per-file", "--output", path("each"), changing.toString());
        assertThat(folder.resolve("each/changing.pcap/sessions.jsonl")).doesNotExist();
    }

    @Test
    void shouldAnalyzeTheOtherInputsOfAStream() throws IOException {
        Result result = run("--output", path("out"), path(capture), path("missing.pcap"));

        assertThat(result.exitCode()).isEqualTo(ExitCode.INPUT);
        assertThat(result.err()).contains("missing.pcap: no such file");
        assertThat(folder.resolve("out/sessions.jsonl")).isNotEmptyFile();
    }

    @Test
    void shouldWarnOfACaptureThatIsCut() throws IOException {
        Files.write(
                capture,
                CaptureFileBuilder.pcap().nanoseconds().packets(Captures.mixed(1)).withoutLast(5));

        Result result = run("--output", path("out"), path(capture));

        assertThat(result.exitCode()).isZero();
        assertThat(result.err().lines())
                .singleElement()
                .asString()
                .contains("warning: ")
                .contains("mixed.pcap");
        assertThat(folder.resolve("out/sessions.jsonl")).isNotEmptyFile();
    }

    @Test
    void shouldWarnOfACaptureWithoutPackets() throws IOException {
        Path empty = CaptureFileBuilder.pcap().writeTo(folder.resolve("empty.pcap"));

        Result result = run("--output", path("out"), path(empty));

        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).contains("empty.pcap: no packets");
        assertThat(folder.resolve("out/sessions.jsonl")).isEmptyFile();
    }

    @Test
    void shouldRefuseALinkTypeThatItDoesNotKnow() throws IOException {
        Path user =
                CaptureFileBuilder.pcap()
                        .linkType(USER)
                        .packets(Captures.mixed(1))
                        .writeTo(folder.resolve("user.pcap"));

        Result result = run("--per-file", "--output", path("each"), path(user));

        assertThat(result.exitCode()).isEqualTo(ExitCode.INPUT);
        assertThat(result.err()).contains("user.pcap: no supported link type: only 147");
        assertThat(folder.resolve("each/user.pcap/error.txt")).isNotEmptyFile();
    }

    @Test
    void shouldWriteTheTableToStandardOutput() throws IOException {
        Result result = run(path(capture));

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out().lines().findFirst()).get().asString().startsWith("START");
        assertThat(result.out().lines().count()).isGreaterThan(50);
    }

    @ParameterizedTest(name = "analyze {0}")
    @ValueSource(
            strings = {
                "",
                "--parallelism 0 x.pcap",
                "--format xml x.pcap",
                "--per-file x.pcap",
                "--per-file --output out a/x.pcap b/x.pcap",
                "--batch-packets 0 x.pcap",
                "--batch-interval 0s x.pcap",
                "--tcp-idle 0s x.pcap",
                "--packet-list-limit -1 x.pcap",
                "- -"
            })
    void shouldRefuseWrongUsageInOneLine(String arguments) {
        Result result = run(arguments.isEmpty() ? new String[0] : arguments.split(" "));

        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err().lines()).hasSize(1);
    }

    @Test
    void shouldRefuseAnOutputThatIsAFile() throws IOException {
        Path file = Files.createFile(folder.resolve("taken"));

        Result result = run("--output", path(file), path(capture));

        assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(result.err()).contains("taken");
    }

    private Path write(List<TimedFrame> frames, String name) throws IOException {
        return CaptureFileBuilder.pcap()
                .nanoseconds()
                .packets(frames)
                .writeTo(folder.resolve(name));
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private static String path(Path file) {
        return file.toString();
    }

    private static String group(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        assertThat(matcher.find()).as(line).isTrue();
        return matcher.group(1);
    }

    private static Result run(String... arguments) {
        PrintStream standardOutput = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StringWriter err = new StringWriter();
        System.setOut(new PrintStream(out, true, UTF_8));
        try {
            int exitCode =
                    new CommandRunner(
                                    Map.of(),
                                    new PrintWriter(System.out, true, UTF_8),
                                    new PrintWriter(err, true))
                            .run(new AnalyzeCommand(), arguments);
            return new Result(exitCode, out.toString(UTF_8), err.toString());
        } finally {
            System.setOut(standardOutput);
        }
    }

    private record Result(int exitCode, String out, String err) {}
}
