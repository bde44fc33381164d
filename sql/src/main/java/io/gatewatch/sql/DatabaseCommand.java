package io.gatewatch.sql;

import io.gatewatch.settings.Command;
import io.gatewatch.settings.CommandFailure;
import io.gatewatch.settings.CommandRunner;
import io.gatewatch.settings.CommonOptions;
import picocli.CommandLine;

/** {@code gatewatch database}: the schema and its upkeep. */
@CommandLine.Command(
        name = "database",
        description = "Brings the database's schema up to date and keeps its partitions.",
        subcommands = {MigrateCommand.class, MaintainCommand.class})
public final class DatabaseCommand implements Command {
    @CommandLine.Mixin CommonOptions common;

    @Override
    public int run() {
        throw CommandFailure.usage(
                "say what to do: database migrate, database maintain (see --help)");
    }

    public static void main(String[] args) {
        CommandRunner.main(new DatabaseCommand(), args);
    }
}
