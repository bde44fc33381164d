package io.gatewatch.job;

import io.gatewatch.job.config.LocalOptions;
import io.gatewatch.job.config.RunOptions;
import io.gatewatch.job.config.SessionOptions;
import io.gatewatch.settings.Command;
import io.gatewatch.settings.CommandRunner;
import io.gatewatch.settings.CommonOptions;
import io.gatewatch.settings.JdbcOptions;
import io.gatewatch.settings.Problems;
import io.gatewatch.settings.StopSignal;
import io.gatewatch.topics.KafkaOptions;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** {@code gatewatch job}: sessions from Kafka into the database, until it is stopped. */
@CommandLine.Command(
        name = "job",
        description = "Runs the Flink job: packets from Kafka become sessions in the database.",
        footer = {
            "",
            "Examples:",
            "  gatewatch job --kafka kafka:9092 --jdbc-url jdbc:mysql://db:3306/gatewatch \\",
            "      --jdbc-password-file /etc/gatewatch/db-password --state-dir /var/lib/gatewatch",
            "",
            "SIGTERM takes a savepoint in the state directory; the next start goes on from it.",
            "On a Flink cluster: flink run gatewatch-flink-job.jar --help"
        })
public final class JobCommand implements Command {
    @Mixin CommonOptions common;
    @Mixin private KafkaOptions kafka;
    @Mixin private JdbcOptions jdbc;
    @Mixin private LocalOptions local;
    @Mixin private RunOptions run;
    @Mixin private SessionOptions sessions;

    public static void main(String[] args) {
        CommandRunner.main(new JobCommand(), args);
    }

    @Override
    public void validate(Problems problems) {
        kafka.validate(problems);
        jdbc.validate(problems);
        local.validate(problems);
        run.validate(problems);
        sessions.validate(problems);
    }

    @Override
    public int run() throws Exception {
        StopSignal.exitUntilOnStop();
        LocalRun.checkState(local);
        if (!local.discardRows) {
            StartCheck.database(jdbc);
        }
        int packetPartitions = StartCheck.topics(kafka, !run.noCreateTopics);
        LiveJob job =
                local.discardRows
                        ? LiveJob.discarding(kafka, run, sessions)
                        : LiveJob.of(kafka, jdbc, run, sessions);
        return new LocalRun(local, JobConfiguration.live(run), job, packetPartitions).run();
    }
}
