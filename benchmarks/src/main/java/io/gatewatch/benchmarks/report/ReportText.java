package io.gatewatch.benchmarks.report;

import io.gatewatch.settings.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A report for people: a table of figures, or of two runs side by side. */
public final class ReportText {
    private ReportText() {}

    public static List<String> lines(Report report) {
        TextTable table =
                new TextTable("stage", "figure", ">value", "unit", ">packets", ">seconds");
        for (Figure figure : report.figures()) {
            table.row(
                    figure.stage(),
                    figure.name(),
                    number(figure.value()),
                    figure.unit(),
                    figure.packets() == 0 ? "-" : TextTable.number(figure.packets()),
                    figure.seconds() == 0 ? "-" : number(figure.seconds()));
        }
        List<String> lines = new ArrayList<>(table.lines());
        report.remarks().forEach(remark -> lines.add("note: " + remark));
        return lines;
    }

    /** One figure, while a run goes on. */
    public static String line(Figure figure) {
        return figure.key() + ": " + number(figure.value()) + " " + figure.unit();
    }

    /** Each figure that both runs have, with the ratio of this run to the other. */
    public static List<String> comparison(Report report, Report other) {
        TextTable table =
                new TextTable("stage", "figure", ">before", ">now", ">now/before", "unit");
        List<String> missing = new ArrayList<>();
        for (Figure figure : report.figures()) {
            Optional<Figure> before = other.find(figure.key());
            if (before.isEmpty()) {
                missing.add("note: only in this run: " + figure.key());
                continue;
            }
            table.row(
                    figure.stage(),
                    figure.name(),
                    number(before.get().value()),
                    number(figure.value()),
                    ratio(figure.value(), before.get().value()),
                    figure.unit());
        }
        for (Figure figure : other.figures()) {
            if (report.find(figure.key()).isEmpty()) {
                missing.add("note: only in the run before: " + figure.key());
            }
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.addAll(missing);
        return lines;
    }

    private static String ratio(double now, double before) {
        return before == 0 ? "-" : String.format(Locale.ROOT, "%.2f", now / before);
    }

    /** Three digits that count: more are noise. */
    static String number(double value) {
        double size = Math.abs(value);
        if (size >= 100 || size == 0) {
            return String.format(Locale.ROOT, "%,.0f", value);
        }
        return String.format(Locale.ROOT, size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f", value);
    }
}
