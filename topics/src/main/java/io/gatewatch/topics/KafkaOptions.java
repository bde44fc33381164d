package io.gatewatch.topics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import picocli.CommandLine.Option;

/** How a command reaches Kafka; mixed in with {@code @Mixin}. */
public final class KafkaOptions {
    @Option(
            names = "--kafka",
            required = true,
            paramLabel = "HOST:PORT[,…]",
            description = "Kafka brokers to start from.")
    public String bootstrapServers;

    @Option(
            names = "--kafka-property",
            split = "\\|",
            paramLabel = "NAME=VALUE",
            description =
                    "A property of the Kafka client, passed on unchanged (TLS, SASL); may be repeated."
                            + " In a configuration file: kafka.NAME.")
    public Map<String, String> properties = new LinkedHashMap<>();

    /** Properties that every Kafka client of the command starts from. */
    public Properties clientProperties() {
        Properties client = new Properties();
        client.put("bootstrap.servers", bootstrapServers);
        client.putAll(properties);
        return client;
    }
}
