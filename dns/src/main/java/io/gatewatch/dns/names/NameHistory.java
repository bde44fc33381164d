package io.gatewatch.dns.names;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The latest answers of one key, newest first. Immutable, so that a checkpoint may share it. */
public final class NameHistory {
    /** Answers that are kept. */
    public static final int MAX_ANSWERS = 4;

    private final String name;
    private final long timeNs;
    private final int ttlSeconds;
    private final NameHistory older;

    /**
     * @param older the answers before this one, or null
     */
    NameHistory(String name, long timeNs, int ttlSeconds, NameHistory older) {
        this.name = name;
        this.timeNs = timeNs;
        this.ttlSeconds = ttlSeconds;
        this.older = older;
    }

    String name() {
        return name;
    }

    /** When the answer was captured, nanoseconds since 1970-01-01 UTC. */
    long timeNs() {
        return timeNs;
    }

    int ttlSeconds() {
        return ttlSeconds;
    }

    NameHistory older() {
        return older;
    }

    /** The history with one more answer; of equal ones, one. */
    static NameHistory with(NameHistory history, String name, long timeNs, int ttlSeconds) {
        return with(history, name, timeNs, ttlSeconds, MAX_ANSWERS);
    }

    private static NameHistory with(
            NameHistory history, String name, long timeNs, int ttlSeconds, int room) {
        if (room == 0) {
            return null;
        }
        if (history == null) {
            return new NameHistory(name, timeNs, ttlSeconds, null);
        }
        int order = history.order(name, timeNs, ttlSeconds);
        if (order == 0) {
            return history;
        }
        if (order < 0) {
            return new NameHistory(name, timeNs, ttlSeconds, first(history, room - 1));
        }
        return new NameHistory(
                history.name,
                history.timeNs,
                history.ttlSeconds,
                with(history.older, name, timeNs, ttlSeconds, room - 1));
    }

    private static NameHistory first(NameHistory history, int count) {
        if (history == null || count == 0) {
            return null;
        }
        NameHistory rest = first(history.older, count - 1);
        return rest == history.older
                ? history
                : new NameHistory(history.name, history.timeNs, history.ttlSeconds, rest);
    }

    /** One order for all runs, whatever the order of arrival: negative if the other is newer. */
    private int order(String otherName, long otherTimeNs, int otherTtlSeconds) {
        if (timeNs != otherTimeNs) {
            return Long.compare(timeNs, otherTimeNs);
        }
        int byName = name.compareTo(otherName);
        return byName != 0 ? byName : Integer.compare(ttlSeconds, otherTtlSeconds);
    }

    /** The newest answer that was there at a time and still counted, or null. */
    NameHistory at(long atNs) {
        NameHistory answer = this;
        while (answer != null && answer.timeNs > atNs) {
            answer = answer.older;
        }
        while (answer != null && answer.endNs() < atNs) {
            answer = answer.older;
        }
        return answer;
    }

    /** Until when it counts. */
    long endNs() {
        return timeNs + NameTable.lifetimeNs(ttlSeconds);
    }

    int size() {
        return older == null ? 1 : 1 + older.size();
    }

    /** Writes the number of answers (1) and each; {@link #read} reads them. */
    public void write(DataOutput out) throws IOException {
        out.writeByte(size());
        for (NameHistory answer = this; answer != null; answer = answer.older) {
            out.writeUTF(answer.name);
            out.writeLong(answer.timeNs);
            out.writeInt(answer.ttlSeconds);
        }
    }

    /** Reads what {@link #write} wrote. */
    public static NameHistory read(DataInput in) throws IOException {
        return read(in, in.readUnsignedByte());
    }

    private static NameHistory read(DataInput in, int answers) throws IOException {
        return answers == 0
                ? null
                : new NameHistory(in.readUTF(), in.readLong(), in.readInt(), read(in, answers - 1));
    }
}
