package io.gatewatch.settings;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Runs a {@link Command}: reads its options from command line, environment and configuration file,
 * checks them all, and turns whatever goes wrong into one line and an exit code.
 *
 * <p>Keys {@code kafka.NAME} of the configuration file pass through to the Kafka client unchanged
 * where the command has an option {@code --kafka-property NAME=VALUE}.
 */
public final class CommandRunner {
    private static final String KAFKA_PREFIX = "kafka.";
    private static final String KAFKA_PROPERTY = "--kafka-property";

    private final Map<String, String> environment;
    private final PrintWriter out;
    private final PrintWriter err;

    public CommandRunner(Map<String, String> environment, PrintWriter out, PrintWriter err) {
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    /** Runs the command as this process's only one: ends the process with its exit code. */
    @SuppressWarnings("SystemExitOutsideMain") // stands in for main of every edge
    public static void main(Command command, String[] args) {
        ParentWatch.startIfAsked();
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int exitCode = new CommandRunner(System.getenv(), out, err).run(command, args);
        out.flush();
        System.exit(exitCode);
    }

    /** Runs the command and returns its exit code. */
    public int run(Command command, String... args) {
        CommandLine line =
                new CommandLine(command)
                        .setOut(out)
                        .setErr(err)
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .setUsageHelpAutoWidth(true);
        String name = line.getCommandName();
        try {
            return parseAndRun(command, line, args);
        } catch (ParameterException e) {
            return fail(name, e.getMessage() + " (see --help)", ExitCode.USAGE);
        } catch (CommandFailure e) {
            return fail(name, e.getMessage(), e.exitCode());
        } catch (InterruptedException e) {
            return ExitCode.INTERRUPTED;
        } catch (Exception e) {
            // Not foreseen: the kind of exception is all there is to say to a user.
            return fail(
                    name, e.getClass().getSimpleName() + ": " + e.getMessage(), ExitCode.FAILED);
        }
    }

    private int parseAndRun(Command command, CommandLine line, String[] args) throws Exception {
        CommandSpec spec = line.getCommandSpec();
        Map<String, String> file = new LinkedHashMap<>(configFile(args));
        moveKafkaProperties(spec, file);
        OptionSources sources = new OptionSources(environment, file);
        List<String> unknown = sources.unknownKeys(spec);
        if (!unknown.isEmpty()) {
            throw CommandFailure.usage(
                    "configuration file: unknown key " + String.join(", ", unknown));
        }
        line.setDefaultValueProvider(sources);
        ParseResult parsed = line.parseArgs(args);
        if (line.isUsageHelpRequested()) {
            line.usage(out);
            return ExitCode.OK;
        }
        if (line.isVersionHelpRequested()) {
            out.println("gatewatch " + Version.current());
            return ExitCode.OK;
        }
        Problems problems = new Problems();
        command.validate(problems);
        if (!problems.lines().isEmpty()) {
            problems.lines()
                    .forEach(problem -> err.println(line.getCommandName() + ": " + problem));
            return ExitCode.USAGE;
        }
        if (parsed.hasMatchedOption("--check-config")) {
            out.println("configuration is valid");
            return ExitCode.OK;
        }
        return command.run();
    }

    private Map<String, String> configFile(String[] args) {
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--config") && i + 1 < args.length) {
                return ConfigFile.read(Path.of(args[i + 1]));
            }
            if (args[i].startsWith("--config=")) {
                return ConfigFile.read(Path.of(args[i].substring("--config=".length())));
            }
        }
        String named = environment.get(OptionSources.variable("config"));
        return named == null ? Map.of() : ConfigFile.read(Path.of(named));
    }

    private static void moveKafkaProperties(CommandSpec spec, Map<String, String> file) {
        OptionSpec option = spec.findOption(KAFKA_PROPERTY);
        if (option == null) {
            return;
        }
        UnaryOperator<String> property = key -> key.substring(KAFKA_PREFIX.length());
        StringBuilder joined = new StringBuilder();
        for (String key : List.copyOf(file.keySet())) {
            if (key.startsWith(KAFKA_PREFIX)) {
                joined.append(joined.length() == 0 ? "" : "|");
                joined.append(property.apply(key)).append('=').append(file.remove(key));
            }
        }
        if (joined.length() > 0) {
            file.put(OptionSources.key(option), joined.toString());
        }
    }

    private int fail(String name, String message, int exitCode) {
        String firstLines = message.strip().replaceAll("\\s*\\R\\s*", "; ");
        err.println(name + ": " + firstLines);
        return exitCode;
    }
}
