package io.gatewatch.dns.names;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The answers under one key, newest first. Immutable, so that a checkpoint may share it; an older
 * history is part of the newer one.
 */
public final class NameHistory {
    /** Answers that are kept; beyond it the oldest go. */
    static final int MAX_ANSWERS = 256;

    /** In the place of a client's address version: the answer is not known to be one client's. */
    static final byte ANYBODY = 0;

    private static final NameSource[] SOURCES = NameSource.values();

    /** ASCII; a string would take 24 bytes more. */
    private final byte[] name;

    private final NameHistory older;
    private final long timeNs;
    private final long clientHigh;
    private final long clientLow;
    private final int ttlSeconds;
    private final byte clientVersion;
    private final byte source;

    private NameHistory(
            byte[] name,
            long timeNs,
            int ttlSeconds,
            byte source,
            byte clientVersion,
            long clientHigh,
            long clientLow,
            NameHistory older) {
        this.name = name;
        this.timeNs = timeNs;
        this.ttlSeconds = ttlSeconds;
        this.source = source;
        this.clientVersion = clientVersion;
        this.clientHigh = clientHigh;
        this.clientLow = clientLow;
        this.older = older;
    }

    /** The fact as an answer that stands alone. */
    static NameHistory of(NameFact fact) {
        boolean anybody = fact.client() == null;
        return new NameHistory(
                fact.name().getBytes(StandardCharsets.ISO_8859_1),
                fact.timeNs(),
                (int) fact.ttlSeconds(),
                (byte) fact.source().ordinal(),
                anybody ? ANYBODY : (byte) fact.client().version(),
                anybody ? 0 : fact.client().high(),
                anybody ? 0 : fact.client().low(),
                null);
    }

    /** The one answer that {@link NameKey.Evicted} has. */
    static NameHistory mark(long timeNs) {
        return new NameHistory(new byte[0], timeNs, 0, (byte) 0, ANYBODY, 0, 0, null);
    }

    String name() {
        return new String(name, StandardCharsets.ISO_8859_1);
    }

    /** When the answer was captured, nanoseconds since 1970-01-01 UTC. */
    long timeNs() {
        return timeNs;
    }

    int ttlSeconds() {
        return ttlSeconds;
    }

    NameSource source() {
        return SOURCES[source];
    }

    byte clientVersion() {
        return clientVersion;
    }

    long clientHigh() {
        return clientHigh;
    }

    long clientLow() {
        return clientLow;
    }

    NameHistory older() {
        return older;
    }

    /** This answer before others. */
    NameHistory before(NameHistory others) {
        return others == older ? this : copy(name, clientVersion, clientHigh, clientLow, others);
    }

    /** This answer alone, without its client. */
    NameHistory ofAnybody() {
        return copy(name, ANYBODY, 0, 0, null);
    }

    private NameHistory copy(
            byte[] itsName, byte version, long high, long low, NameHistory others) {
        return new NameHistory(itsName, timeNs, ttlSeconds, source, version, high, low, others);
    }

    /** This answer alone, with the name in the place where another history has it too. */
    NameHistory namedAsIn(NameHistory history) {
        for (NameHistory each = history; each != null; each = each.older) {
            if (Arrays.equals(each.name, name)) {
                return copy(each.name, clientVersion, clientHigh, clientLow, null);
            }
        }
        return this;
    }

    boolean isOf(int version, long high, long low) {
        return clientVersion == version && clientHigh == high && clientLow == low;
    }

    /** Both are of one client, or of nobody in particular. */
    boolean hasClientOf(NameHistory other) {
        return isOf(other.clientVersion, other.clientHigh, other.clientLow);
    }

    /** Until when it counts. */
    long endNs() {
        return timeNs + NameTable.lifetimeNs(ttlSeconds);
    }

    /**
     * The history with one more answer. Of answers that say the same to the same within one span of
     * time the first counts, so that later ones never change what was true at a time.
     *
     * @param history may be null
     * @param spanNs length of the spans
     */
    static NameHistory with(NameHistory history, NameHistory answer, long spanNs) {
        byte[] name = answer.name;
        NameHistory repeated = null;
        for (NameHistory each = history; each != null; each = each.older) {
            if (Arrays.equals(each.name, name)) {
                name = each.name; // once for all
                if (each.source == answer.source
                        && each.hasClientOf(answer)
                        && each.timeNs / spanNs == answer.timeNs / spanNs) {
                    repeated = each;
                }
            }
        }
        if (repeated != null && repeated.order(answer) <= 0) {
            return history;
        }
        NameHistory added =
                answer.copy(name, answer.clientVersion, answer.clientHigh, answer.clientLow, null);
        return insert(history, added, repeated, MAX_ANSWERS);
    }

    private static NameHistory insert(
            NameHistory history, NameHistory added, NameHistory leftOut, int room) {
        if (room == 0) {
            return null;
        }
        if (history == null) {
            return added;
        }
        if (history == leftOut) {
            return insert(history.older, added, null, room);
        }
        if (history.order(added) < 0) {
            return added.before(first(without(history, leftOut), room - 1));
        }
        return history.before(insert(history.older, added, leftOut, room - 1));
    }

    private static NameHistory without(NameHistory history, NameHistory leftOut) {
        if (leftOut == null || history == null) {
            return history;
        }
        return history == leftOut ? history.older : history.before(without(history.older, leftOut));
    }

    private static NameHistory first(NameHistory history, int count) {
        if (history == null || count == 0) {
            return null;
        }
        return history.before(first(history.older, count - 1));
    }

    /** One order for all runs, whatever the order of arrival: negative if the other is newer. */
    private int order(NameHistory other) {
        int order = Long.compare(timeNs, other.timeNs);
        order = order != 0 ? order : Arrays.compare(name, other.name);
        order = order != 0 ? order : Integer.compare(ttlSeconds, other.ttlSeconds);
        order = order != 0 ? order : Byte.compare(source, other.source);
        order = order != 0 ? order : Byte.compare(clientVersion, other.clientVersion);
        order = order != 0 ? order : Long.compare(clientHigh, other.clientHigh);
        return order != 0 ? order : Long.compare(clientLow, other.clientLow);
    }

    /** How many there are. */
    static int size(NameHistory history) {
        int size = 0;
        for (NameHistory each = history; each != null; each = each.older) {
            size++;
        }
        return size;
    }

    /**
     * Writes the number of answers (2) and each, the name with its length (2); {@link #read} reads
     * them.
     */
    public void write(DataOutput out) throws IOException {
        out.writeShort(size(this));
        for (NameHistory each = this; each != null; each = each.older) {
            out.writeShort(each.name.length);
            out.write(each.name);
            out.writeLong(each.timeNs);
            out.writeInt(each.ttlSeconds);
            out.writeByte(each.source);
            out.writeByte(each.clientVersion);
            out.writeLong(each.clientHigh);
            out.writeLong(each.clientLow);
        }
    }

    /** Reads what {@link #write} wrote. */
    public static NameHistory read(DataInput in) throws IOException {
        return read(in, in.readUnsignedShort(), new byte[0]);
    }

    private static NameHistory read(DataInput in, int answers, byte[] newerName)
            throws IOException {
        if (answers == 0) {
            return null;
        }
        byte[] read = new byte[in.readUnsignedShort()];
        in.readFully(read);
        byte[] name = Arrays.equals(read, newerName) ? newerName : read;
        return new NameHistory(
                name,
                in.readLong(),
                in.readInt(),
                in.readByte(),
                in.readByte(),
                in.readLong(),
                in.readLong(),
                read(in, answers - 1, name));
    }
}
