package io.gatewatch.topics;

import io.gatewatch.settings.CommandFailure;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates the topics that are missing, checks those that exist, reads how many partitions they
 * have. Every failure is a {@link CommandFailure} with one line for the user: exit code 1 for a
 * Kafka that does not answer, 2 for refused logins and wrong settings.
 */
public final class TopicAdmin implements AutoCloseable {
    private static final int METADATA_ATTEMPTS = 50;
    private static final long METADATA_PAUSE_MS = 100;

    private final KafkaOptions kafka;
    private final Admin admin;

    private TopicAdmin(KafkaOptions kafka, Admin admin) {
        this.kafka = kafka;
        this.admin = admin;
    }

    /** Connects, waiting as long as the options allow for Kafka to answer. */
    public static TopicAdmin connect(KafkaOptions kafka) throws InterruptedException {
        Properties client = kafka.clientProperties();
        String timeoutMs = Long.toString(kafka.connectTimeout.toMillis());
        client.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeoutMs);
        client.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, timeoutMs);
        TopicAdmin connected = null;
        try {
            connected = new TopicAdmin(kafka, Admin.create(client));
            connected.admin.describeCluster().nodes().get();
            return connected;
        } catch (KafkaException | ExecutionException e) {
            if (connected != null) {
                connected.close();
            }
            throw KafkaFailures.of(kafka, "connect", e);
        }
    }

    /** Addresses that the brokers tell their clients to use. */
    public List<InetSocketAddress> brokers() throws InterruptedException {
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (Node node : get("list its brokers", admin.describeCluster().nodes())) {
            addresses.add(InetSocketAddress.createUnresolved(node.host(), node.port()));
        }
        return addresses;
    }

    /**
     * Creates those of the project's topics that do not exist.
     *
     * @return the names of those that were created
     */
    public List<String> createMissing(TopicSettings settings) throws InterruptedException {
        Set<String> existing = get("list topics", admin.listTopics().names());
        List<TopicDefinition> missing = new ArrayList<>(TopicDefinition.all(settings));
        missing.removeIf(topic -> existing.contains(topic.name()));
        if (missing.isEmpty()) {
            return List.of();
        }
        CreateTopicsResult result =
                admin.createTopics(
                        missing.stream().map(t -> t.newTopic(settings.replication())).toList());
        List<String> created = new ArrayList<>();
        for (TopicDefinition topic : missing) {
            if (awaitCreation(topic.name(), result)) {
                created.add(topic.name());
            }
        }
        return created;
    }

    private boolean awaitCreation(String topic, CreateTopicsResult result)
            throws InterruptedException {
        try {
            result.values().get(topic).get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false; // somebody else was faster
            }
            throw KafkaFailures.of(kafka, "create topic " + topic, e);
        }
    }

    /**
     * Checks that brokers stamp the records of these topics with their arrival.
     *
     * @throws CommandFailure that names every topic that does not hold and how to mend it
     */
    public void check(Collection<String> topics) throws InterruptedException {
        List<ConfigResource> resources =
                topics.stream()
                        .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                        .toList();
        Map<ConfigResource, Config> configs =
                get("read the settings of topics", admin.describeConfigs(resources).all());
        List<String> problems = new ArrayList<>();
        for (ConfigResource resource : resources) {
            String type = configs.get(resource).get(TopicDefinition.TIMESTAMP_TYPE).value();
            if (!type.equals(TopicDefinition.LOG_APPEND_TIME)) {
                problems.add(wrongTimestampType(resource.name(), type));
            }
        }
        if (!problems.isEmpty()) {
            throw CommandFailure.usage(String.join("; ", problems));
        }
    }

    private String wrongTimestampType(String topic, String type) {
        return "topic %s has %s=%s: must be %s; mend it with: kafka-configs.sh --bootstrap-server %s --alter --entity-type topics --entity-name %s --add-config %s=%s"
                .formatted(
                        topic,
                        TopicDefinition.TIMESTAMP_TYPE,
                        type,
                        TopicDefinition.LOG_APPEND_TIME,
                        kafka.bootstrapServers,
                        topic,
                        TopicDefinition.TIMESTAMP_TYPE,
                        TopicDefinition.LOG_APPEND_TIME);
    }

    /** How many partitions each of the topics has. */
    public Map<String, Integer> partitions(Collection<String> topics) throws InterruptedException {
        Map<String, Integer> partitions = new LinkedHashMap<>();
        for (String topic : topics) {
            partitions.put(topic, describe(topic).partitions().size());
        }
        return partitions;
    }

    /** A topic that was just created may take a moment until every broker knows it. */
    private TopicDescription describe(String topic) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return admin.describeTopics(List.of(topic)).topicNameValues().get(topic).get();
            } catch (ExecutionException e) {
                boolean unknown = e.getCause() instanceof UnknownTopicOrPartitionException;
                if (unknown && attempt >= METADATA_ATTEMPTS) {
                    throw CommandFailure.usage(
                            "topic "
                                    + topic
                                    + " does not exist; create it with: gatewatch topics create"
                                    + " --kafka "
                                    + kafka.bootstrapServers);
                }
                if (!unknown) {
                    throw KafkaFailures.of(kafka, "describe topic " + topic, e);
                }
                TimeUnit.MILLISECONDS.sleep(METADATA_PAUSE_MS);
            }
        }
    }

    private <T> T get(String doing, KafkaFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw KafkaFailures.of(kafka, doing, e);
        }
    }

    @Override
    public void close() {
        admin.close(java.time.Duration.ZERO);
    }
}
