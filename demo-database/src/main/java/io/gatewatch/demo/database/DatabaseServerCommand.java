package io.gatewatch.demo.database;

import io.gatewatch.settings.Command;
import io.gatewatch.settings.CommandFailure;
import io.gatewatch.settings.CommandRunner;
import io.gatewatch.settings.CommonOptions;
import io.gatewatch.settings.ExitCode;
import io.gatewatch.settings.LocalServerOptions;
import io.gatewatch.settings.Problems;
import io.gatewatch.settings.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Runs a database server until told to end. Standard output gets one line, {@code READY
 * 127.0.0.1:PORT}, once the server takes connections.
 */
@CommandLine.Command(
        name = "demo-database",
        description = "Runs a MariaDB or MySQL server on 127.0.0.1 for the demo and for tests.")
public final class DatabaseServerCommand implements Command {
    @Mixin CommonOptions common;

    @Mixin LocalServerOptions server;

    @Option(
            names = "--program",
            paramLabel = "FILE",
            description = "Run this mariadbd or mysqld instead of the one that comes along.")
    Path program;

    @Option(
            names = "--database",
            paramLabel = "NAME",
            defaultValue = "gatewatch",
            description = "Database to create (default: ${DEFAULT-VALUE}).")
    String database;

    @Option(
            names = "--jdbc-user",
            paramLabel = "NAME",
            defaultValue = "gatewatch",
            description =
                    "User to create; its password is GATEWATCH_JDBC_PASSWORD (default:"
                            + " ${DEFAULT-VALUE}).")
    String user;

    /** Not shown: on a command line every user of the machine could read it. */
    @Option(names = "--jdbc-password", hidden = true, defaultValue = "")
    String password;

    @Spec CommandSpec spec;

    public static void main(String[] args) {
        CommandRunner.main(new DatabaseServerCommand(), args);
    }

    @Override
    public void validate(Problems problems) {
        server.validate(problems);
        problems.require(
                !password.isEmpty(), "GATEWATCH_JDBC_PASSWORD", "empty", "must be a password");
    }

    @Override
    public int run() throws InterruptedException {
        DatabaseServer running = start();
        AtomicBoolean ending = new AtomicBoolean();
        StopSignal.onStop(
                () -> {
                    ending.set(true);
                    running.requestStop();
                });
        spec.commandLine().getOut().println("READY 127.0.0.1:" + running.port());
        int exitCode = running.awaitEnd();
        if (ending.get()) {
            return ExitCode.OK;
        }
        throw CommandFailure.failed("the database server ended with exit code " + exitCode);
    }

    private DatabaseServer start() throws InterruptedException {
        try {
            Files.createDirectories(server.dir);
            ServerInstallation installation =
                    program == null
                            ? BundledServer.unpack(BundledServer.defaultCache())
                            : ServerInstallation.at(program);
            return DatabaseServer.start(
                    installation,
                    new ServerSettings(server.dir, server.port, database, user, password));
        } catch (PortTakenException e) {
            throw CommandFailure.usage(e.getMessage());
        } catch (IOException e) {
            throw CommandFailure.failed(e.getMessage());
        }
    }
}
