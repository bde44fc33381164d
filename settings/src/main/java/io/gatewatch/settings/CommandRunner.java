package io.gatewatch.settings;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Runs a {@link Command}: reads its options from command line, environment and configuration file,
 * checks them all, and turns whatever goes wrong into one line and an exit code. They are all
 * reported together, one line each.
 */
public final class CommandRunner {
    private static final String PROGRAM = "gatewatch";

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
        System.exit(StopSignal.exitCode(exitCode));
    }

    /** Runs the command, or that of its subcommands that comes first, and returns its exit code. */
    public int run(Command command, String... args) {
        CommandLine line = commandLine(command, PROGRAM);
        String[] rest = args;
        while (rest.length > 0 && line.getSubcommands().containsKey(rest[0])) {
            Command subcommand = line.getSubcommands().get(rest[0]).getCommand();
            line = commandLine(subcommand, line.getCommandName());
            rest = Arrays.copyOfRange(rest, 1, rest.length);
        }
        String name = line.getCommandName();
        try {
            return parseAndRun(line.getCommand(), line, rest);
        } catch (ParameterException e) {
            return fail(name, e.getMessage() + " (see --help)", ExitCode.USAGE);
        } catch (CommandFailure e) {
            return fail(name, e.getMessage(), e.exitCode());
        } catch (InterruptedException e) {
            return ExitCode.INTERRUPTED;
        } catch (Exception | Error e) {
            return fail(name, unforeseen(e), ExitCode.FAILED);
        }
    }

    /** Its kind and message are all there is to say to a user, but for lack of memory. */
    private static String unforeseen(Throwable failure) {
        return OutOfMemory.caused(failure)
                ? OutOfMemory.LINE
                : failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }

    private CommandLine commandLine(Command command, String parentName) {
        CommandLine line = new CommandLine(command);
        return line.setCommandName(parentName + " " + line.getCommandName())
                .setOut(out)
                .setErr(err)
                .registerConverter(Duration.class, new DurationConverter())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true);
    }

    private int parseAndRun(Command command, CommandLine line, String[] args) throws Exception {
        CommandSpec spec = line.getCommandSpec();
        spec.parser().collectErrors(true);
        OptionSources sources =
                new OptionSources(environment, ConfigFile.read(configFile(args)), spec);
        line.setDefaultValueProvider(sources);
        List<String> all = sources.argumentsInFront(args);
        all.addAll(List.of(args));
        ParseResult parsed = line.parseArgs(all.toArray(String[]::new));
        if (parsed.isUsageHelpRequested()) {
            line.usage(out);
            return ExitCode.OK;
        }
        if (parsed.isVersionHelpRequested()) {
            out.println("gatewatch " + Version.current());
            return ExitCode.OK;
        }
        List<String> problems = new ArrayList<>(sources.problems());
        parsed.errors().forEach(error -> problems.add(error.getMessage() + " (see --help)"));
        if (problems.isEmpty()) {
            Problems found = new Problems();
            command.validate(found);
            problems.addAll(found.lines());
        }
        if (!problems.isEmpty()) {
            problems.forEach(problem -> fail(line.getCommandName(), problem, ExitCode.USAGE));
            return ExitCode.USAGE;
        }
        if (parsed.hasMatchedOption("--check-config")) {
            out.println("configuration is valid");
            return ExitCode.OK;
        }
        return command.run();
    }

    /** The configuration file that is named, or null. */
    private Path configFile(String[] args) {
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--config") && i + 1 < args.length) {
                return Path.of(args[i + 1]);
            }
            if (args[i].startsWith("--config=")) {
                return Path.of(args[i].substring("--config=".length()));
            }
        }
        String named = environment.get(OptionSources.variable("config"));
        return named == null ? null : Path.of(named);
    }

    private int fail(String name, String message, int exitCode) {
        String oneLine = message.strip().replaceAll("\\s*\\R\\s*", "; ");
        err.println(name + ": " + Printable.of(oneLine));
        return exitCode;
    }
}
