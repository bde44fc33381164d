package io.gatewatch.benchmarks.measure;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A page of metrics in the text format of Prometheus, as it was at one moment. */
public final class MetricsPage {
    private final List<String> lines;

    private MetricsPage(List<String> lines) {
        this.lines = lines;
    }

    public static MetricsPage read(int port) throws IOException {
        URI page = URI.create("http://127.0.0.1:" + port + "/metrics");
        try (InputStream in = page.toURL().openStream()) {
            return of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    static MetricsPage of(String text) {
        List<String> lines = new ArrayList<>();
        text.lines().filter(line -> !line.startsWith("#")).forEach(lines::add);
        return new MetricsPage(lines);
    }

    /** Sum over all samples of a metric, 0 where there is none. */
    public long sum(String name) {
        return sum(name, "");
    }

    /** Sum over all samples of a metric whose labels hold {@code label}. */
    public long sum(String name, String label) {
        double sum = 0;
        for (String line : lines) {
            int end = line.indexOf('{');
            end = end < 0 ? line.indexOf(' ') : end;
            if (end > 0 && line.substring(0, end).equals(name) && line.contains(label)) {
                sum += Double.parseDouble(value(line));
            }
        }
        return (long) sum;
    }

    /** Sum over all metrics whose names begin and end so. */
    public long sumOfNames(String prefix, String suffix) {
        double sum = 0;
        for (String line : lines) {
            int end = line.indexOf('{');
            end = end < 0 ? line.indexOf(' ') : end;
            if (end > 0 && line.startsWith(prefix) && line.substring(0, end).endsWith(suffix)) {
                sum += Double.parseDouble(value(line));
            }
        }
        return (long) sum;
    }

    private static String value(String line) {
        int labelsEnd = line.lastIndexOf('}');
        String rest = line.substring(labelsEnd < 0 ? line.indexOf(' ') : labelsEnd + 1).strip();
        int space = rest.indexOf(' ');
        return space < 0 ? rest : rest.substring(0, space);
    }
}
