package io.gatewatch.job;

import io.gatewatch.job.sink.jdbc.SchemaCheck;
import io.gatewatch.settings.JdbcOptions;
import io.gatewatch.topics.KafkaOptions;
import io.gatewatch.topics.TopicAdmin;
import io.gatewatch.topics.TopicSettings;
import io.gatewatch.topics.Topics;
import java.util.List;

/** What the live job asks of database and Kafka before it starts, wherever it is to run. */
final class StartCheck {
    private StartCheck() {}

    /**
     * Checks the database's schema.
     *
     * @throws io.gatewatch.settings.CommandFailure that says what is wrong and what to do
     */
    static void database(JdbcOptions jdbc) {
        SchemaCheck.require(jdbc);
    }

    /**
     * Checks the topics, which it creates where they are missing.
     *
     * @return partitions of the packets topic
     * @throws io.gatewatch.settings.CommandFailure that says what is wrong and what to do
     */
    static int topics(KafkaOptions kafka, boolean createTopics) throws InterruptedException {
        try (TopicAdmin admin = TopicAdmin.connect(kafka)) {
            if (createTopics) {
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
