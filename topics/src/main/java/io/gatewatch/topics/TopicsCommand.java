package io.gatewatch.topics;

import io.gatewatch.settings.Command;
import io.gatewatch.settings.CommandFailure;
import io.gatewatch.settings.CommandRunner;
import io.gatewatch.settings.CommonOptions;
import picocli.CommandLine;

/** {@code gatewatch topics}: what is done by hand with the topics. */
@CommandLine.Command(
        name = "topics",
        description = "Creates the Kafka topics.",
        subcommands = CreateTopicsCommand.class)
public final class TopicsCommand implements Command {
    @CommandLine.Mixin CommonOptions common;

    @Override
    public int run() {
        throw CommandFailure.usage("say what to do: topics create (see --help)");
    }

    public static void main(String[] args) {
        CommandRunner.main(new TopicsCommand(), args);
    }
}
