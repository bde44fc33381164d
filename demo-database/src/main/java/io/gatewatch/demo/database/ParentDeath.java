package io.gatewatch.demo.database;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes a program that knows nothing of its parent die with it, also when the parent is killed
 * outright. On Linux the kernel does it (prctl(2), PR_SET_PDEATHSIG, by way of {@code setpriv}); it
 * counts the <em>thread</em> that started the program as the parent, so that thread must live on.
 * Elsewhere a shell stands between and waits for the end of its input.
 */
final class ParentDeath {
    private static final String SHELL_WATCH =
            "exec 3<&0; \"$@\" </dev/null & child=$!; trap 'kill -TERM $child' TERM;"
                    + " (cat <&3 >/dev/null; kill -KILL $child) 2>/dev/null &"
                    + " wait $child; wait $child";

    private ParentDeath() {}

    /** The command line that runs {@code command} tied to this thread. */
    static List<String> tie(List<String> command) {
        List<String> tied = new ArrayList<>(prefix(find("setpriv")));
        tied.addAll(command);
        return tied;
    }

    static List<String> prefix(Optional<Path> setpriv) {
        return setpriv.map(path -> List.of(path.toString(), "--pdeathsig", "KILL", "--"))
                .orElse(List.of("/bin/sh", "-c", SHELL_WATCH, "watch"));
    }

    private static Optional<Path> find(String program) {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        return Stream.of(path.split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
