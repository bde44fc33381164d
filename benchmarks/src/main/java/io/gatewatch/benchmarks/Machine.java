package io.gatewatch.benchmarks;

import io.gatewatch.benchmarks.report.Report;
import io.gatewatch.settings.Version;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;

/** What the figures were measured on. */
final class Machine {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    private Machine() {}

    static void describe(Report report) {
        report.machine().put("version", Version.current());
        report.machine().put("measured", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        report.machine().put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        report.machine().put("processor", processor());
        report.machine().put("java", System.getProperty("java.vm.version"));
        report.machine()
                .put(
                        "load before",
                        Double.toString(
                                ManagementFactory.getOperatingSystemMXBean()
                                        .getSystemLoadAverage()));
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(PROCESSORS)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
