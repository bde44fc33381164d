package io.gatewatch.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicDefinitionTest {
    private static final List<TopicDefinition> DEFAULTS =
            TopicDefinition.all(TopicSettings.DEFAULTS);

    @ParameterizedTest
    @CsvSource({
        "gatewatch.packets, 8, delete, 72",
        "gatewatch.dns, 4, delete, 720",
        "gatewatch.agents, 1, delete, 720",
        "gatewatch.features, 1, compact,",
        "gatewatch.dead-letters, 1, delete, 168"
    })
    void shouldHaveTheDocumentedDefaults(
            String name, int partitions, String policy, Integer retentionHours) {
        TopicDefinition topic = named(name);

        assertThat(topic.partitions()).isEqualTo(partitions);
        assertThat(topic.config()).containsEntry("cleanup.policy", policy);
        if (retentionHours == null) {
            assertThat(topic.config()).doesNotContainKey("retention.ms");
        } else {
            assertThat(topic.config())
                    .containsEntry(
                            "retention.ms",
                            Long.toString(Duration.ofHours(retentionHours).toMillis()));
        }
    }

    @Test
    void shouldStampAllRecordsWithTheirArrival() {
        assertThat(DEFAULTS)
                .allSatisfy(
                        topic ->
                                assertThat(topic.config())
                                        .containsEntry("message.timestamp.type", "LogAppendTime"));
    }

    @Test
    void shouldLetFeatureLibrariesBeLarge() {
        assertThat(named(Topics.FEATURES).config()).containsEntry("max.message.bytes", "8388608");
    }

    @Test
    void shouldDefineEveryTopic() {
        assertThat(DEFAULTS).map(TopicDefinition::name).containsExactlyElementsOf(Topics.ALL);
    }

    @Test
    void shouldLeaveReplicationToTheBrokerUnlessGiven() {
        TopicDefinition topic = named(Topics.PACKETS);

        NewTopic byBroker = topic.newTopic(TopicSettings.BROKER_DEFAULT);
        NewTopic threeTimes = topic.newTopic(3);

        assertThat(byBroker.replicationFactor()).isEqualTo((short) -1);
        assertThat(threeTimes.replicationFactor()).isEqualTo((short) 3);
    }

    private static TopicDefinition named(String name) {
        return DEFAULTS.stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
    }
}
