package io.gatewatch.settings;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
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
record ConfigFile(Path path, Map<String, List<String>> values) {
    /** Where there is no file. */
    static final ConfigFile NONE = new ConfigFile(Path.of(""), Map.of());

    /**
     * Reads the file as option values in text form, one or several for each key.
     *
     * @param file may be null: {@link #NONE}
     * @throws CommandFailure with the place of the first flaw
     */
    static ConfigFile read(Path file) {
        if (file == null) {
            return NONE;
        }
        Object root = parse(file, text(file));
        Map<String, List<String>> values = new LinkedHashMap<>();
        if (root instanceof Map<?, ?> mapping) {
            flatten("", mapping, values);
        } else if (root != null) {
            throw CommandFailure.usage(
                    file + ": a mapping of options to values is expected at its top");
        }
        return new ConfigFile(file, values);
    }

    private static String text(Path file) {
        if (Files.isDirectory(file)) {
            throw CommandFailure.usage(file + ": is a directory, a YAML file is needed");
        }
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw CommandFailure.usage(file + ": no such configuration file");
        } catch (CharacterCodingException e) {
            throw CommandFailure.usage(file + ": not YAML: it is not text in UTF-8");
        } catch (IOException e) {
            throw CommandFailure.usage(file + ": cannot be read: " + FileProblem.reason(e));
        }
    }

    private static Object parse(Path file, String text) {
        LoadSettings settings = LoadSettings.builder().setLabel(file.toString()).build();
        try {
            return new Load(settings).loadFromString(text);
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
