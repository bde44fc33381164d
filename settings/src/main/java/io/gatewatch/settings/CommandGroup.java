package io.gatewatch.settings;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Commands that share a first word, such as {@code database migrate} and {@code database maintain}:
 * the second word picks one. A member's picocli name is both words.
 */
public final class CommandGroup {
    private final String name;
    private final Map<String, Command> members = new LinkedHashMap<>();

    /**
     * @param name the first word
     * @param members commands whose picocli name is the first word, a space and one of their own
     */
    public CommandGroup(String name, Command... members) {
        this.name = name;
        for (Command member : members) {
            String memberName = CommandSpec.forAnnotatedObject(member).name();
            if (!memberName.startsWith(name + " ")) {
                throw new IllegalArgumentException(memberName + " is no member of " + name);
            }
            this.members.put(memberName.substring(name.length() + 1), member);
        }
    }

    /** Runs the member that {@code args} name as this process's only command. */
    @SuppressWarnings("SystemExitOutsideMain") // stands in for main of every edge
    public void runAsProcess(String[] args) {
        ParentWatch.startIfAsked();
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int exitCode = run(System.getenv(), out, err, args);
        out.flush();
        System.exit(exitCode);
    }

    /** Runs the member that {@code args} name and returns its exit code. */
    public int run(
            Map<String, String> environment, PrintWriter out, PrintWriter err, String... args) {
        if (args.length > 0 && (args[0].equals("--help") || args[0].equals("-h"))) {
            help(out);
            return ExitCode.OK;
        }
        Command member = args.length == 0 ? null : members.get(args[0]);
        if (member == null) {
            String given = args.length == 0 ? "nothing" : args[0];
            err.println(
                    name
                            + ": one of "
                            + String.join(", ", members.keySet())
                            + " must follow, not "
                            + given
                            + " (see --help)");
            return ExitCode.USAGE;
        }
        return new CommandRunner(environment, out, err)
                .run(member, Arrays.copyOfRange(args, 1, args.length));
    }

    private void help(PrintWriter out) {
        out.println("Usage: " + name + " COMMAND [options]; --help after a command says more");
        out.println();
        members.forEach(
                (word, member) -> {
                    String[] description =
                            CommandSpec.forAnnotatedObject(member).usageMessage().description();
                    String line = description.length == 0 ? "" : description[0];
                    out.printf("  %-10s %s%n", word, line);
                });
    }
}
