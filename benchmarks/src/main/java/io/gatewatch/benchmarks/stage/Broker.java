package io.gatewatch.benchmarks.stage;

import io.gatewatch.demo.EmbeddedBroker;
import io.gatewatch.topics.KafkaOptions;
import io.gatewatch.topics.TopicAdmin;
import io.gatewatch.topics.TopicSettings;
import java.nio.file.Path;

/** A Kafka broker of its own for one measurement, with the topics as the agent creates them. */
final class Broker implements AutoCloseable {
    private final EmbeddedBroker broker;

    private Broker(EmbeddedBroker broker) {
        this.broker = broker;
    }

    static Broker start(Path folder) throws Exception {
        Broker started = new Broker(EmbeddedBroker.start(folder));
        KafkaOptions kafka = new KafkaOptions();
        kafka.bootstrapServers = started.address();
        try (TopicAdmin admin = TopicAdmin.connect(kafka)) {
            admin.createMissing(TopicSettings.DEFAULTS);
        } catch (InterruptedException | RuntimeException e) {
            started.close();
            throw e;
        }
        return started;
    }

    String address() {
        return broker.address();
    }

    long pid() {
        return broker.process().pid();
    }

    @Override
    public void close() {
        broker.close();
    }
}
