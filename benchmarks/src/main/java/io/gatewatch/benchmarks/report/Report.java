package io.gatewatch.benchmarks.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The figures of one run, in the order in which they were measured. Not thread safe. */
public final class Report {
    private final Map<String, String> machine = new TreeMap<>();
    private final List<Figure> figures = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final Consumer<Figure> onFigure;

    /**
     * @param onFigure told of every figure as it is measured
     */
    public Report(Consumer<Figure> onFigure) {
        this.onFigure = onFigure;
    }

    public Report() {
        this(figure -> {});
    }

    public void add(Figure figure) {
        figures.add(figure);
        onFigure.accept(figure);
    }

    /** What could not be measured, or holds for the figures of a stage. */
    public void remark(String line) {
        remarks.add(line);
    }

    /** Where it was measured: name and value. */
    public Map<String, String> machine() {
        return machine;
    }

    public List<Figure> figures() {
        return Collections.unmodifiableList(figures);
    }

    public List<String> remarks() {
        return Collections.unmodifiableList(remarks);
    }

    /** The figure of this key, see {@link Figure#key}. */
    public Optional<Figure> find(String key) {
        return figures.stream().filter(figure -> figure.key().equals(key)).findFirst();
    }
}
