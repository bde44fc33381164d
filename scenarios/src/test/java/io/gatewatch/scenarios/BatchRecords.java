package io.gatewatch.scenarios;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Batches in Kafka by what their record headers say; one that is there twice counts once. */
final class BatchRecords {
    /** A batch, as its header names it. */
    record Batch(int partition, String boot, long sequence, long minute, long packets) {}

    private BatchRecords() {}

    /** What a topic has of a gateway now. */
    static Set<Batch> of(String kafka, String topic, String gateway) {
        Set<Batch> batches = new LinkedHashSet<>();
        new TopicContents(kafka, topic)
                .read()
                .forEach(
                        record -> {
                            Map<String, String> headers = TopicContents.headers(record);
                            if (headers.get("gateway").equals(gateway)) {
                                String[] name = headers.get("batch").split(":", -1);
                                batches.add(
                                        new Batch(
                                                record.partition(),
                                                name[0],
                                                Long.parseLong(name[1]),
                                                Long.parseLong(name[2]),
                                                Long.parseLong(name[3])));
                            }
                        });
        return batches;
    }
}
