package io.gatewatch.topics;

import io.gatewatch.settings.Command;
import io.gatewatch.settings.CommonOptions;
import io.gatewatch.settings.ExitCode;
import io.gatewatch.settings.Problems;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;

/** {@code gatewatch topics create}: creates what is missing, checks what exists, lists both. */
@CommandLine.Command(
        name = "create",
        description = "Creates the topics that do not exist yet and checks those that do.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  gatewatch topics create --kafka localhost:9092",
            "  gatewatch topics create --kafka a:9092,b:9092 --partitions 32 --replication 3"
        })
public final class CreateTopicsCommand implements Command {
    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;
    @CommandLine.Mixin CommonOptions common;
    @CommandLine.Mixin private KafkaOptions kafka;
    @CommandLine.Mixin private TopicOptions topics;

    @Override
    public void validate(Problems problems) {
        kafka.validate(problems);
        topics.validate(problems);
    }

    @Override
    public int run() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        try (TopicAdmin admin = TopicAdmin.connect(kafka)) {
            List<String> created = admin.createMissing(topics.settings());
            admin.check(Topics.ALL);
            admin.partitions(Topics.ALL)
                    .forEach(
                            (topic, partitions) ->
                                    out.printf(
                                            "%-24s %4d partitions, %s%n",
                                            topic,
                                            partitions,
                                            created.contains(topic) ? "created" : "existed"));
        }
        return ExitCode.OK;
    }
}
