package io.gatewatch.job.ledger;

import io.gatewatch.capture.batch.BatchTopic;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** The highest batch number of every topic-partition of a boot. Not thread safe. */
public final class TopicSequences {
    /** Partitions of a topic. */
    public static final int MAX_PARTITIONS = 4096;

    /** Nothing was sent there. */
    public static final long NONE = -1;

    private static final int TOPICS = BatchTopic.values().length;

    private final long[][] highest = new long[TOPICS][0];

    /**
     * Takes a number.
     *
     * @return whether it is above all before
     */
    public boolean raise(BatchTopic topic, int partition, long sequence) {
        long[] ofTopic = highest[topic.ordinal()];
        if (partition >= ofTopic.length) {
            int length = ofTopic.length;
            ofTopic = Arrays.copyOf(ofTopic, partition + 1);
            Arrays.fill(ofTopic, length, ofTopic.length, NONE);
            highest[topic.ordinal()] = ofTopic;
        }
        if (sequence <= ofTopic[partition]) {
            return false;
        }
        ofTopic[partition] = sequence;
        return true;
    }

    /** Whether every number is at least that of {@code goal}. */
    boolean reach(TopicSequences goal) {
        for (int topic = 0; topic < TOPICS; topic++) {
            long[] here = highest[topic];
            long[] there = goal.highest[topic];
            for (int i = 0; i < there.length; i++) {
                if (there[i] > (i < here.length ? here[i] : NONE)) {
                    return false;
                }
            }
        }
        return true;
    }

    TopicSequences copy() {
        TopicSequences copy = new TopicSequences();
        for (int topic = 0; topic < TOPICS; topic++) {
            copy.highest[topic] = highest[topic].clone();
        }
        return copy;
    }

    void write(DataOutput target) throws IOException {
        for (long[] ofTopic : highest) {
            target.writeInt(ofTopic.length);
            for (long sequence : ofTopic) {
                target.writeLong(sequence);
            }
        }
    }

    static TopicSequences read(DataInput source) throws IOException {
        TopicSequences sequences = new TopicSequences();
        for (int topic = 0; topic < TOPICS; topic++) {
            long[] ofTopic = new long[source.readInt()];
            for (int i = 0; i < ofTopic.length; i++) {
                ofTopic[i] = source.readLong();
            }
            sequences.highest[topic] = ofTopic;
        }
        return sequences;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TopicSequences that && Arrays.deepEquals(highest, that.highest);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(highest);
    }

    @Override
    public String toString() {
        return Arrays.deepToString(highest);
    }
}
