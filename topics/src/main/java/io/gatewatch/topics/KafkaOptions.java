package io.gatewatch.topics;

import io.gatewatch.settings.Problems;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** How a command reaches Kafka; mixed in with {@code @Mixin}. */
public final class KafkaOptions {
    private static final Pattern SERVER =
            Pattern.compile("(?:[^:\\s\\[\\]/]+|\\[[0-9A-Fa-f:.%\\w]+\\]):\\d{1,5}");
    private static final Duration MAX_CONNECT_TIMEOUT = Duration.ofHours(1);

    @Option(
            names = "--kafka",
            required = true,
            paramLabel = "HOST:PORT[,…]",
            description = "Kafka brokers to start from.")
    public String bootstrapServers;

    @Option(
            names = "--kafka-property",
            paramLabel = "NAME=VALUE",
            description =
                    "A property of the Kafka client, passed on unchanged (TLS, SASL); may be repeated."
                            + " In a configuration file: kafka.NAME.")
    public Map<String, String> properties = new LinkedHashMap<>();

    @Option(
            names = "--connect-timeout",
            paramLabel = "DURATION",
            defaultValue = "30s",
            description = "How long to wait for Kafka at start (default: ${DEFAULT-VALUE}).")
    public Duration connectTimeout = Duration.ofSeconds(30);

    /** Checks what is known without a connection. */
    public void validate(Problems problems) {
        for (String server : bootstrapServers.split(",", -1)) {
            problems.require(
                    SERVER.matcher(server.strip()).matches(),
                    "--kafka",
                    bootstrapServers,
                    "must be HOST:PORT, several separated by commas");
        }
        problems.require(
                !connectTimeout.isZero() && connectTimeout.compareTo(MAX_CONNECT_TIMEOUT) <= 0,
                "--connect-timeout",
                connectTimeout.toMillis() + "ms",
                "must be 1ms to 1h");
    }

    /** Properties that every Kafka client of the command starts from. */
    public Properties clientProperties() {
        Properties client = new Properties();
        client.put("bootstrap.servers", bootstrapServers);
        client.putAll(properties);
        return client;
    }
}
