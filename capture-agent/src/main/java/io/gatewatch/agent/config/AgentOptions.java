package io.gatewatch.agent.config;

import io.gatewatch.agent.publish.ProducerProperties;
import io.gatewatch.settings.Problems;
import io.gatewatch.topics.KafkaOptions;
import picocli.CommandLine.Mixin;

/** All options of the agent; mixed in with {@code @Mixin}. */
public final class AgentOptions {
    @Mixin public InputOptions input;
    @Mixin public BatchOptions batches;
    @Mixin public KafkaOptions kafka;
    @Mixin public RunOptions run;

    public void validate(Problems problems) {
        input.validate(problems);
        batches.validate(problems);
        kafka.validate(problems);
        ProducerProperties.validate(kafka, problems);
        run.validate(problems);
    }
}
