package io.gatewatch.sql;

import io.gatewatch.settings.CommandGroup;

/** The command {@code database}: {@code migrate} and {@code maintain}. */
public final class DatabaseCommand {
    private DatabaseCommand() {}

    static CommandGroup group() {
        return new CommandGroup("database", new MigrateCommand(), new MaintainCommand());
    }

    public static void main(String[] args) {
        group().runAsProcess(args);
    }
}
