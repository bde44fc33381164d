package io.gatewatch.dns.names;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The answers under one key, newest first. Immutable, so that a checkpoint may share it; an older
 * history is part of the newer one.
 */
public final class NameHistory {
    /**
     * Of what one client, or the network, is told of an address within one span of time the first
     * {@value #MAX_ANSWERS} answers count. So what comes later never changes what was true at a
     * time, and nobody can push out what others were told.
     */
    static final long SPAN_NS = 10_000_000_000L;

    static final int MAX_ANSWERS = 16;

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
     * The history with one more answer, as far as it counts.
     *
     * @param history may be null
     * @param maxAnswers of a span
     */
    static NameHistory with(NameHistory history, NameHistory answer, int maxAnswers) {
        NameHistory newest = null;
        int count = 0;
        for (NameHistory each = history;
                each != null && each.span() >= answer.span();
                each = each.older) {
            if (each.span() == answer.span()
                    && each.source == answer.source
                    && each.hasClientOf(answer)) {
                if (each.order(answer) == 0) {
                    return history;
                }
                newest = newest == null ? each : newest;
                count++;
            }
        }
        NameHistory leftOut = count == maxAnswers ? newest : null;
        if (leftOut != null && leftOut.order(answer) < 0) {
            return history;
        }
        return insert(history, answer.namedAsIn(history), leftOut);
    }

    /** Number of the span that it is in. */
    long span() {
        return Math.floorDiv(timeNs, SPAN_NS);
    }

    /** Copies what is newer than both, and shares the rest. */
    private static NameHistory insert(NameHistory history, NameHistory added, NameHistory leftOut) {
        List<NameHistory> newer = new ArrayList<>();
        NameHistory rest = history;
        NameHistory toAdd = added;
        NameHistory toLeaveOut = leftOut;
        while (toAdd != null || toLeaveOut != null) {
            if (toAdd != null && (rest == null || rest.order(toAdd) < 0)) {
                newer.add(toAdd);
                toAdd = null;
            } else {
                if (rest == toLeaveOut) {
                    toLeaveOut = null;
                } else {
                    newer.add(rest);
                }
                rest = rest.older;
            }
        }
        return linked(newer, rest);
    }

    /** The answers, newest first, before others. */
    static NameHistory linked(List<NameHistory> answers, NameHistory older) {
        NameHistory linked = older;
        for (int i = answers.size() - 1; i >= 0; i--) {
            linked = answers.get(i).before(linked);
        }
        return linked;
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
     * Writes the number of answers (4) and each, the name with its length (2); {@link #read} reads
     * them.
     */
    public void write(DataOutput out) throws IOException {
        out.writeInt(size(this));
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
        int count = in.readInt();
        List<NameHistory> answers = new ArrayList<>();
        byte[] newerName = new byte[0];
        for (int i = 0; i < count; i++) {
            byte[] read = new byte[in.readUnsignedShort()];
            in.readFully(read);
            byte[] name = Arrays.equals(read, newerName) ? newerName : read;
            answers.add(
                    new NameHistory(
                            name,
                            in.readLong(),
                            in.readInt(),
                            in.readByte(),
                            in.readByte(),
                            in.readLong(),
                            in.readLong(),
                            null));
            newerName = name;
        }
        return linked(answers, null);
    }
}
