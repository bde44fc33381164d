package io.gatewatch.settings;

import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;

/** Says READY and waits to be stopped: the child process of {@link StopSignalTest}. */
@CommandLine.Command(name = "waiting")
final class WaitingCommand implements Command {
    @CommandLine.Spec CommandLine.Model.CommandSpec spec;

    /** Waits before there is anything to be finished. */
    @CommandLine.Option(names = "--starting")
    boolean starting;

    public static void main(String[] args) {
        StopSignal.exitUntilOnStop();
        CommandRunner.main(new WaitingCommand(), args);
    }

    @Override
    public int run() throws InterruptedException {
        CountDownLatch stop = new CountDownLatch(1);
        if (!starting) {
            StopSignal.onStop(stop::countDown);
        }
        spec.commandLine().getOut().println("READY");
        stop.await();
        spec.commandLine().getOut().println("FLUSHED");
        return ExitCode.OK;
    }
}
