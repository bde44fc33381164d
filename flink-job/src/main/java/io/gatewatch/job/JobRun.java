package io.gatewatch.job;

import io.gatewatch.job.config.JobSettings;
import io.gatewatch.job.config.RunOptions;
import io.gatewatch.job.sink.jdbc.JdbcSettings;
import io.gatewatch.job.sink.jdbc.SchemaCheck;
import io.gatewatch.settings.ExitCode;
import io.gatewatch.settings.JdbcOptions;
import io.gatewatch.settings.StopSignal;
import io.gatewatch.topics.KafkaOptions;
import io.gatewatch.topics.TopicAdmin;
import io.gatewatch.topics.TopicSettings;
import io.gatewatch.topics.Topics;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.LocalStreamEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * One run of {@code job}: checks what it depends on, builds the graph, and runs it in this process
 * or, where {@code flink run} has started it, hands it to the cluster.
 */
final class JobRun {
    private final KafkaOptions kafka;
    private final JdbcOptions jdbc;
    private final RunOptions options;
    private final JobSettings settings;

    JobRun(KafkaOptions kafka, JdbcOptions jdbc, RunOptions options, JobSettings settings) {
        this.kafka = kafka;
        this.jdbc = jdbc;
        this.options = options;
        this.settings = settings;
    }

    int run() throws Exception {
        Configuration configuration = JobConfiguration.live(options);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        boolean here = environment instanceof LocalStreamEnvironment;
        if (here) {
            StopSignal.exitUntilOnStop();
            LocalRun.checkState(options);
        }
        SchemaCheck.require(jdbc);
        int packetPartitions = packetPartitions();
        LiveJob job = new LiveJob(settings, kafka.clientProperties(), JdbcSettings.of(jdbc));
        if (here) {
            return new LocalRun(options, configuration, job, packetPartitions).run();
        }
        environment.setParallelism(options.parallelism);
        job.build(environment, packetPartitions);
        environment.execute(LiveJob.NAME);
        return ExitCode.OK;
    }

    private int packetPartitions() throws InterruptedException {
        try (TopicAdmin admin = TopicAdmin.connect(kafka)) {
            if (!options.noCreateTopics) {
                for (String created : admin.createMissing(TopicSettings.DEFAULTS)) {
                    System.err.println("gatewatch job: topic " + created + " created");
                }
            }
            List<String> read = List.of(Topics.PACKETS, Topics.DNS, Topics.AGENTS);
            int packetPartitions = admin.partitions(read).get(Topics.PACKETS);
            admin.check(read);
            return packetPartitions;
        }
    }
}
