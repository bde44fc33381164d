package io.gatewatch.demo.broker;

import io.gatewatch.settings.Command;
import io.gatewatch.settings.CommandFailure;
import io.gatewatch.settings.CommandRunner;
import io.gatewatch.settings.CommonOptions;
import io.gatewatch.settings.ExitCode;
import io.gatewatch.settings.LocalServerOptions;
import io.gatewatch.settings.Problems;
import io.gatewatch.settings.StopSignal;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Runs a Kafka broker until told to end. Standard output gets one line, {@code READY
 * 127.0.0.1:PORT}, once the broker takes clients.
 */
@CommandLine.Command(
        name = "demo-broker",
        description = "Runs a Kafka broker on 127.0.0.1 for the demo and for tests.")
public final class BrokerCommand implements Command {
    @Mixin CommonOptions common;

    @Mixin LocalServerOptions server;

    @Spec CommandSpec spec;

    public static void main(String[] args) {
        CommandRunner.main(new BrokerCommand(), args);
    }

    @Override
    public void validate(Problems problems) {
        server.validate(problems);
    }

    @Override
    public int run() throws InterruptedException {
        CountDownLatch stop = new CountDownLatch(1);
        StopSignal.onStop(stop::countDown);
        try (Broker broker = start()) {
            spec.commandLine().getOut().println("READY " + broker.address());
            stop.await();
        }
        return ExitCode.OK;
    }

    private Broker start() {
        try {
            Files.createDirectories(server.dir);
            return Broker.start(server.dir, server.port);
        } catch (BindException e) {
            throw CommandFailure.usage("port " + server.port + " is taken");
        } catch (IOException e) {
            throw CommandFailure.failed(server.dir + " cannot be used: " + e.getMessage());
        }
    }
}
