package io.gatewatch.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.demo.ChildProcess;
import java.io.IOException;

/** Signals to processes that a test has started. */
final class Signals {
    private Signals() {}

    /** Sends a signal by its name without SIG. */
    static void send(ChildProcess process, String name) throws IOException, InterruptedException {
        int sent =
                new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor();
        assertThat(sent).as("kill -%s %d", name, process.pid()).isZero();
    }
}
