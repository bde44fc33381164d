package io.gatewatch.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A YAML file of options: a mapping from an option's long name to a value or a list of values. A
 * nested mapping gives dotted keys: {@code kafka: {ssl.truststore.location: …}} is {@code
 * kafka.ssl.truststore.location}.
 */
final class ConfigFile {
    private ConfigFile() {}

    /**
     * Reads the file as option values in text form, one or several for each key.
     *
     * @throws CommandFailure with the place of the first flaw
     */
    static Map<String, List<String>> read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            Object root =
                    new Load(LoadSettings.builder().setLabel(file.toString()).build())
                            .loadFromInputStream(in);
            Map<String, List<String>> values = new LinkedHashMap<>();
            if (root instanceof Map<?, ?> mapping) {
                flatten("", mapping, values);
            } else if (root != null) {
                throw CommandFailure.usage(
                        file + ": a mapping of options to values is expected at its top");
            }
            return values;
        } catch (NoSuchFileException e) {
            throw CommandFailure.usage(file + ": no such configuration file");
        } catch (IOException e) {
            throw CommandFailure.usage(file + ": cannot be read: " + e.getMessage());
        } catch (MarkedYamlEngineException e) {
            throw CommandFailure.usage(
                    file + place(e.getProblemMark()) + ": not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw CommandFailure.usage(
                    file + ": not YAML: " + e.getMessage().lines().findFirst().orElse(""));
        }
    }

    private static String place(Optional<Mark> mark) {
        return mark.map(m -> ":" + (m.getLine() + 1) + ":" + (m.getColumn() + 1)).orElse("");
    }

    private static void flatten(
            String prefix, Map<?, ?> mapping, Map<String, List<String>> values) {
        for (Map.Entry<?, ?> entry : mapping.entrySet()) {
            String key = prefix + entry.getKey();
            Object value = entry.getValue();
            if (value instanceof Map<?, ?> nested) {
                flatten(key + ".", nested, values);
            } else if (value instanceof List<?> list) {
                values.put(key, list.stream().map(String::valueOf).toList());
            } else if (value != null) {
                values.put(key, List.of(value.toString()));
            }
        }
    }
}
