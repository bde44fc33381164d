package io.gatewatch.benchmarks.micro;

import io.gatewatch.benchmarks.load.SyntheticBatches;
import io.gatewatch.capture.batch.BatchTopic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Batches of {@value #PACKETS} packets in slices of k: 2, 8 and 30 divide it, and so does 1. */
final class Slices {
    static final int PACKETS = 480;

    private Slices() {}

    /** So many batches, of connections that are open already. */
    static List<byte[]> batches(int packetsPerSlice, int flows, int count) {
        List<byte[]> batches = new ArrayList<>();
        SyntheticBatches synthetic =
                new SyntheticBatches(
                        new SyntheticBatches.Shape(packetsPerSlice, PACKETS, 1, 1, 1_000_000),
                        (topic, partition, bytes, length, packets) -> {
                            if (topic == BatchTopic.PACKETS) {
                                batches.add(Arrays.copyOf(bytes, length));
                            }
                            return true;
                        });
        synthetic.live(flows);
        while (batches.size() < count) {
            synthetic.next();
        }
        return batches;
    }
}
