package io.gatewatch.job;

import io.gatewatch.job.config.RunOptions;
import io.gatewatch.job.config.SessionOptions;
import io.gatewatch.settings.Command;
import io.gatewatch.settings.CommandFailure;
import io.gatewatch.settings.CommandRunner;
import io.gatewatch.settings.CommonOptions;
import io.gatewatch.settings.ExitCode;
import io.gatewatch.settings.JdbcOptions;
import io.gatewatch.settings.Problems;
import io.gatewatch.topics.KafkaOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.apache.flink.client.program.ProgramParametrizationException;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.streaming.api.environment.LocalStreamEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/**
 * The live job as a program of a Flink cluster, started by {@code flink run}: the graph and the
 * settings of {@code gatewatch job}, while parallelism, places of snapshots and restoring are
 * Flink's own. It may run inside of a server (session cluster, application mode), so it never ends
 * the process: what its user is to read is thrown, in the one form that Flink prints without a
 * stack trace.
 */
@CommandLine.Command(
        name = "job",
        customSynopsis =
                "flink run [-d] [-p N] [-s PATH] [-Dkey=value…] gatewatch-flink-job.jar [OPTIONS]",
        description =
                "Runs the Flink job on a Flink cluster: packets from Kafka become sessions in the"
                        + " database.",
        footer = {
            "",
            "Parallelism (-p), slots, metrics and the places of checkpoints and savepoints are set as for"
                    + " any job of the cluster; a directory for checkpoints must be set.",
            "",
            "Start, stop with a savepoint, go on from it (at another parallelism if you like):",
            "  flink run -d -p 2 -Dexecution.checkpointing.dir=s3://bucket/checkpoints \\",
            "      gatewatch-flink-job.jar --kafka kafka:9092 --jdbc-url jdbc:mysql://db:3306/gatewatch \\",
            "      --jdbc-password-file /etc/gatewatch/db-password",
            "  flink stop --savepointPath s3://bucket/savepoints JOB-ID",
            "  flink run -d -p 4 -s s3://bucket/savepoints/savepoint-… … gatewatch-flink-job.jar …",
            "",
            "Options may also stand in a file (--config) or in the environment of flink run"
                    + " (GATEWATCH_JDBC_PASSWORD)."
        })
public final class ClusterCommand implements Command {
    @Mixin CommonOptions common;
    @Mixin private KafkaOptions kafka;
    @Mixin private JdbcOptions jdbc;
    @Mixin private RunOptions run;
    @Mixin private SessionOptions sessions;

    private boolean submitted;

    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        StringWriter errors = new StringWriter();
        ClusterCommand command = new ClusterCommand();
        int exitCode =
                new CommandRunner(System.getenv(), out, new PrintWriter(errors, true))
                        .run(command, args);
        out.flush();
        if (exitCode != ExitCode.OK) {
            throw new ProgramParametrizationException(errors.toString().strip());
        }
        if (!command.submitted) {
            // After --help and the like; Flink would complain that there was no job.
            throw new ProgramParametrizationException("gatewatch job: no job was submitted");
        }
    }

    @Override
    public void validate(Problems problems) {
        kafka.validate(problems);
        jdbc.validate(problems);
        run.validate(problems);
        sessions.validate(problems);
    }

    @Override
    public int run() throws InterruptedException {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(JobConfiguration.live(run));
        check(environment);
        StartCheck.database(jdbc);
        int packetPartitions = StartCheck.topics(kafka, !run.noCreateTopics);
        LiveJob.of(kafka, jdbc, run, sessions).build(environment, packetPartitions);
        submit(environment);
        return ExitCode.OK;
    }

    private static void check(StreamExecutionEnvironment environment) {
        if (environment instanceof LocalStreamEnvironment) {
            throw CommandFailure.usage(
                    "this jar is for flink run; without a cluster the job is run by gatewatch job");
        }
        String directory = CheckpointingOptions.CHECKPOINTS_DIRECTORY.key();
        if (environment
                .getConfiguration()
                .getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY)
                .isEmpty()) {
            // Flink would keep them on the job manager's heap, up to 5 MB.
            throw CommandFailure.usage(
                    directory
                            + " is not set: give a directory that all of the cluster reaches, in the"
                            + " cluster's configuration or as flink run -D"
                            + directory
                            + "=URI");
        }
    }

    /** Waits for the job's end as well, unless {@code flink run} is detached. */
    private void submit(StreamExecutionEnvironment environment) throws InterruptedException {
        submitted = true;
        try {
            environment.execute(LiveJob.NAME);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            throw CommandFailure.failed(FailureCause.line(e));
        }
    }
}
