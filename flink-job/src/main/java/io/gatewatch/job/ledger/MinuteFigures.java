package io.gatewatch.job.ledger;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an agent says of one capture minute. captured + decapsulated = shipped + queueDropped +
 * ownTraffic + all of leftOut. Never changed.
 *
 * @param leftOut packets ignored or undecodable, by reason
 * @param total the boot's counters as of the minute's end
 * @param last number of the minute's last batch, or of the last one before, in every
 *     topic-partition
 */
public record MinuteFigures(
        long captured,
        long decapsulated,
        long shipped,
        long kernelDropped,
        long queueDropped,
        long ownTraffic,
        SortedMap<String, Long> leftOut,
        HeadCounters total,
        TopicSequences last) {
    public MinuteFigures {
        leftOut = Collections.unmodifiableSortedMap(new TreeMap<>(leftOut));
    }

    void write(DataOutput target) throws IOException {
        target.writeLong(captured);
        target.writeLong(decapsulated);
        target.writeLong(shipped);
        target.writeLong(kernelDropped);
        target.writeLong(queueDropped);
        target.writeLong(ownTraffic);
        target.writeInt(leftOut.size());
        for (Map.Entry<String, Long> reason : leftOut.entrySet()) {
            target.writeUTF(reason.getKey());
            target.writeLong(reason.getValue());
        }
        total.write(target);
        last.write(target);
    }

    static MinuteFigures read(DataInput source) throws IOException {
        return new MinuteFigures(
                source.readLong(),
                source.readLong(),
                source.readLong(),
                source.readLong(),
                source.readLong(),
                source.readLong(),
                readReasons(source),
                HeadCounters.read(source),
                TopicSequences.read(source));
    }

    private static SortedMap<String, Long> readReasons(DataInput source) throws IOException {
        SortedMap<String, Long> reasons = new TreeMap<>();
        for (int i = source.readInt(); i > 0; i--) {
            reasons.put(source.readUTF(), source.readLong());
        }
        return reasons;
    }
}
