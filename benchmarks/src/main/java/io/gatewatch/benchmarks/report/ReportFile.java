package io.gatewatch.benchmarks.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A report as a file in JSON, for later runs to be compared with. */
public final class ReportFile {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ReportFile() {}

    public static void write(Report report, Path file) throws IOException {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode machine = root.putObject("machine");
        report.machine().forEach(machine::put);
        ArrayNode figures = root.putArray("figures");
        for (Figure figure : report.figures()) {
            figures.addObject()
                    .put("stage", figure.stage())
                    .put("name", figure.name())
                    .put("value", figure.value())
                    .put("unit", figure.unit())
                    .put("packets", figure.packets())
                    .put("seconds", figure.seconds());
        }
        ArrayNode remarks = root.putArray("remarks");
        report.remarks().forEach(remarks::add);
        Files.writeString(file, JSON.writeValueAsString(root) + "\n");
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if the file is none
     */
    public static Report read(Path file) throws IOException {
        JsonNode root = JSON.readTree(Files.readString(file));
        if (!root.path("figures").isArray()) {
            throw new IOException("no figures in it: not a file that --json has written");
        }
        Report report = new Report();
        root.path("machine")
                .properties()
                .forEach(entry -> report.machine().put(entry.getKey(), entry.getValue().asText()));
        for (JsonNode figure : root.path("figures")) {
            report.add(
                    new Figure(
                            figure.path("stage").asText(),
                            figure.path("name").asText(),
                            figure.path("value").asDouble(),
                            figure.path("unit").asText(),
                            figure.path("packets").asLong(),
                            figure.path("seconds").asDouble()));
        }
        root.path("remarks").forEach(remark -> report.remark(remark.asText()));
        return report;
    }
}
