package io.gatewatch.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Values of options that the command line does not give. First the environment: {@code
 * GATEWATCH_JDBC_URL} for {@code --jdbc-url}, or {@code GATEWATCH_JDBC_URL_FILE} with the name of a
 * file that holds the value (secrets). Then the configuration file: {@code jdbc-url: …}. Then the
 * option's own default.
 *
 * <p>Keys {@code kafka.NAME} of the file, and variables {@code GATEWATCH_KAFKA_NAME} where the
 * command has no such option, are properties of the Kafka client: {@code GATEWATCH_KAFKA_SASL_
 * JAAS_CONFIG} is {@code sasl.jaas.config}.
 */
final class OptionSources implements IDefaultValueProvider {
    private static final String PREFIX = "GATEWATCH_";
    private static final String FILE_SUFFIX = "_FILE";
    private static final String KAFKA_KEY = "kafka.";
    private static final String KAFKA_VARIABLE = PREFIX + "KAFKA_";
    private static final String KAFKA_PROPERTY = "--kafka-property";

    private final Map<String, String> environment;
    private final ConfigFile file;
    private final CommandSpec command;
    private final Set<String> variables = new HashSet<>();

    OptionSources(Map<String, String> environment, ConfigFile file, CommandSpec command) {
        this.environment = environment;
        this.file = file;
        this.command = command;
        for (OptionSpec option : command.options()) {
            variables.add(variable(key(option)));
        }
    }

    @Override
    public String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)) {
            return null;
        }
        String value = fromEnvironment(variable(key(option)));
        if (value == null && !option.isMultiValue()) {
            List<String> values = file.values().getOrDefault(key(option), List.of());
            value = values.isEmpty() ? null : values.get(values.size() - 1);
        }
        return value != null ? value : option.defaultValue();
    }

    private String fromEnvironment(String variable) {
        String value = environment.get(variable);
        String fileVariable = variable + FILE_SUFFIX;
        String fileName = environment.get(fileVariable);
        if (value != null || fileName == null || variables.contains(fileVariable)) {
            return value;
        }
        try {
            return Files.readString(Path.of(fileName)).stripTrailing();
        } catch (IOException e) {
            throw CommandFailure.usage(
                    fileVariable
                            + " is "
                            + fileName
                            + ": cannot be read: "
                            + FileProblem.reason(e));
        }
    }

    /**
     * What has to stand in front of the command line, because a default of picocli is one string:
     * lists of the file for options that take several values and are not given otherwise, and Kafka
     * properties; those of the command line come later and win.
     */
    List<String> argumentsInFront(String[] args) {
        List<String> front = new ArrayList<>();
        for (OptionSpec option : command.options()) {
            List<String> values = file.values().getOrDefault(key(option), List.of());
            if (option.isMultiValue()
                    && environment.get(variable(key(option))) == null
                    && !isGiven(option, args)) {
                values.forEach(value -> front.add(option.longestName() + "=" + value));
            }
        }
        if (command.findOption(KAFKA_PROPERTY) != null) {
            addKafkaProperties(front);
        }
        return front;
    }

    private void addKafkaProperties(List<String> front) {
        file.values()
                .forEach(
                        (key, values) -> {
                            if (key.startsWith(KAFKA_KEY)) {
                                String property = key.substring(KAFKA_KEY.length());
                                front.add(kafkaProperty(property, String.join(",", values)));
                            }
                        });
        environment.keySet().stream().sorted().forEach(name -> addKafkaProperty(name, front));
    }

    private void addKafkaProperty(String name, List<String> front) {
        String variable =
                name.endsWith(FILE_SUFFIX)
                        ? name.substring(0, name.length() - FILE_SUFFIX.length())
                        : name;
        if (variable.startsWith(KAFKA_VARIABLE)
                && !variables.contains(name)
                && !variables.contains(variable)) {
            String property = variable.substring(KAFKA_VARIABLE.length());
            front.add(
                    kafkaProperty(
                            property.toLowerCase(Locale.ROOT).replace('_', '.'),
                            fromEnvironment(variable)));
        }
    }

    private static String kafkaProperty(String name, String value) {
        return KAFKA_PROPERTY + "=" + name + "=" + value;
    }

    private static boolean isGiven(OptionSpec option, String[] args) {
        for (String arg : args) {
            for (String name : option.names()) {
                if (arg.equals(name) || arg.startsWith(name + "=")) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Problems with the file's keys: such as are no option of the command, lists where one fits.
     */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        file.values()
                .forEach(
                        (key, values) -> {
                            OptionSpec option = command.findOption("--" + key);
                            boolean kafka =
                                    key.startsWith(KAFKA_KEY)
                                            && command.findOption(KAFKA_PROPERTY) != null;
                            if (option == null && !kafka) {
                                problems.add(file.path() + ": unknown key " + key);
                            } else if (option != null
                                    && !option.isMultiValue()
                                    && values.size() > 1) {
                                problems.add(
                                        file.path()
                                                + ": "
                                                + key
                                                + " is a list of "
                                                + values.size()
                                                + ": must be one value");
                            }
                        });
        return problems;
    }

    private static String key(OptionSpec option) {
        return option.longestName().replaceFirst("^-+", "");
    }

    static String variable(String key) {
        return PREFIX + key.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
    }
}
