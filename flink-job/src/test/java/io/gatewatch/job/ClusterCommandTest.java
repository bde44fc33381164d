package io.gatewatch.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatewatch.settings.CommandRunner;
import io.gatewatch.settings.ExitCode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.apache.flink.client.program.ProgramParametrizationException;
import org.junit.jupiter.api.Test;

class ClusterCommandTest {
    private static final String[] SERVERS = {
        "--kafka", "127.0.0.1:1", "--jdbc-url", "jdbc:mysql://127.0.0.1:1/gatewatch"
    };

    @Test
    void shouldThrowWhatFlinkPrintsWithoutAStackTrace() {
        assertThatThrownBy(() -> ClusterCommand.main(new String[] {"--no-such-option"}))
                .isInstanceOf(ProgramParametrizationException.class)
                .hasMessageStartingWith("gatewatch job: ")
                .hasMessageContaining("--no-such-option");
    }

    @Test
    void shouldRefuseToRunWithoutACluster() {
        assertThatThrownBy(() -> ClusterCommand.main(SERVERS))
                .isInstanceOf(ProgramParametrizationException.class)
                .hasMessage(
                        "gatewatch job: this jar is for flink run; without a cluster the job is run"
                                + " by gatewatch job");
    }

    @Test
    void shouldOfferWhatACommandLineOfFlinkDoesNot() {
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out, true);

        int exitCode =
                new CommandRunner(Map.of(), writer, writer).run(new ClusterCommand(), "--help");

        assertThat(exitCode).isEqualTo(ExitCode.OK);
        assertThat(out.toString())
                .contains("flink run", "flink stop --savepointPath", "--checkpoint-interval")
                .doesNotContain("--state-dir", "--restore", "--metrics-port", "--parallelism");
    }
}
