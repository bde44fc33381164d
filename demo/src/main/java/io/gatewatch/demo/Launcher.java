package io.gatewatch.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The launcher {@code bin/gatewatch}, by which child processes get the class path of their command.
 *
 * @param program its path
 */
public record Launcher(Path program) {
    /** Set by the launcher itself, for the commands that it starts. */
    static final String PROPERTY = "gatewatch.launcher";

    /**
     * The launcher that started this process; in tests the one of the checkout that they run in.
     */
    public static Launcher find() {
        String named = System.getProperty(PROPERTY);
        if (named != null) {
            return new Launcher(Path.of(named));
        }
        for (Path folder = Path.of("").toAbsolutePath();
                folder != null;
                folder = folder.getParent()) {
            Path program = folder.resolve("bin/gatewatch");
            if (Files.isExecutable(program)) {
                return new Launcher(program);
            }
        }
        throw new IllegalStateException(
                "no bin/gatewatch in or above " + Path.of("").toAbsolutePath());
    }

    /** The command line of a command. */
    public List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(program.toString());
        command.addAll(arguments);
        return command;
    }
}
