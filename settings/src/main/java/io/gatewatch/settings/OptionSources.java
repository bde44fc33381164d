package io.gatewatch.settings;

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
 * Values of options that the command line does not give: the environment first ({@code
 * GATEWATCH_JDBC_URL} for {@code --jdbc-url}), then the configuration file ({@code jdbc-url: …}),
 * then the option's own default.
 */
final class OptionSources implements IDefaultValueProvider {
    private static final String PREFIX = "GATEWATCH_";

    private final Map<String, String> environment;
    private final Map<String, String> file;

    OptionSources(Map<String, String> environment, Map<String, String> file) {
        this.environment = environment;
        this.file = file;
    }

    @Override
    public String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)) {
            return null;
        }
        String key = key(option);
        String value = environment.get(variable(key));
        if (value == null) {
            value = file.get(key);
        }
        return value != null ? value : option.defaultValue();
    }

    /** Keys of the file that are no option of the command. */
    List<String> unknownKeys(CommandSpec command) {
        Set<String> known = new HashSet<>();
        for (OptionSpec option : command.options()) {
            known.add(key(option));
        }
        List<String> unknown = new ArrayList<>(file.keySet());
        unknown.removeIf(known::contains);
        return unknown;
    }

    static String key(OptionSpec option) {
        return option.longestName().replaceFirst("^-+", "");
    }

    static String variable(String key) {
        return PREFIX + key.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
    }
}
