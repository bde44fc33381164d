package io.gatewatch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.benchmarks.stage.Stages;
import io.gatewatch.settings.CommandRunner;
import io.gatewatch.settings.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return new CommandRunner(Map.of(), new PrintWriter(out, true), new PrintWriter(err, true))
                .run(new BenchCommand(), arguments);
    }

    @Test
    void shouldDescribeEveryStageAndGiveExamples() {
        assertThat(run("--help")).isZero();

        assertThat(out.toString()).contains("Examples:");
        assertThat(Stages.names())
                .allSatisfy(
                        name -> assertThat(out.toString()).containsPattern("\n  " + name + " "));
    }

    @Test
    void shouldRefuseStagesThatDoNotExist() {
        assertThat(run("--stage", "batches,none")).isEqualTo(ExitCode.USAGE);

        assertThat(err.toString()).contains("--stage is none: must be one of libpcap, batches");
    }

    @Test
    void shouldRefuseAFileToCompareWithThatIsNotThere() {
        assertThat(run("--against", "/nonexistent.json")).isEqualTo(ExitCode.USAGE);

        assertThat(err.toString()).contains("--against is /nonexistent.json");
    }
}
