package io.gatewatch.benchmarks.stage;

import java.util.List;
import java.util.Optional;

/** All stages, in the order in which they run: the yardstick comes first. */
public final class Stages {
    private static final List<Stage> ALL =
            List.of(
                    new LibpcapStage(),
                    new BatchesStage(),
                    new AgentStage(),
                    new JobStage(),
                    new JdbcStage(),
                    new LiveStage(),
                    new AnalyzeStage(),
                    new ChainStage(),
                    new MemoryStage(),
                    new FlowsStage());

    private Stages() {}

    public static List<Stage> all() {
        return ALL;
    }

    public static List<String> names() {
        return ALL.stream().map(Stage::name).toList();
    }

    public static Optional<Stage> find(String name) {
        return ALL.stream().filter(stage -> stage.name().equals(name)).findFirst();
    }
}
