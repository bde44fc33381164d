package io.gatewatch.dns.stream;

import io.gatewatch.dns.message.DnsMessageParser;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * One direction of a TCP connection with DNS: puts segments in order by sequence number and cuts
 * messages, each behind its length in two bytes (RFC 1035 section 4.2.2), wherever segments begin
 * and end.
 *
 * <p>Bounded: {@value #MAX_BYTES} bytes of unfinished messages, and as many of at most {@value
 * #MAX_SEGMENTS} segments that are ahead of a gap. What does not fit, what was not captured and
 * what cannot be a message is given up: reading goes on with the next segment, as if a message
 * began there, which is how resolvers write. Not thread safe.
 */
public final class DnsStream {
    /** The longest message with its length. */
    static final int MAX_BYTES = 65_537;

    /** Segments that wait at a time. */
    static final int MAX_SEGMENTS = 64;

    private static final int LENGTH_BYTES = 2;
    private static final int VERSION = 1;
    private static final long UINT32_MASK = 0xFFFF_FFFFL;
    private static final byte[] NO_BYTES = new byte[0];

    /** Takes messages. */
    public interface Output {
        /** The range is valid during the call. */
        void message(byte[] bytes, int offset, int length);
    }

    private boolean started;

    /** Sequence number of the first byte that is not in {@code unfinished}. */
    private int next;

    private byte[] unfinished = NO_BYTES;
    private int unfinishedLength;

    /** Segments ahead of a gap, by sequence number; they may overlap. */
    private Segment ahead;

    private int aheadBytes;
    private int aheadSegments;
    private long lostBytes;

    /** A segment that waits. */
    private static final class Segment {
        final int sequence;
        final byte[] bytes;
        final int payloadLength;
        Segment following;

        Segment(int sequence, byte[] bytes, int payloadLength) {
            this.sequence = sequence;
            this.bytes = bytes;
            this.payloadLength = payloadLength;
        }
    }

    /**
     * Takes the next segment as captured.
     *
     * @param sequence number of the first payload byte, or of the SYN
     * @param syn the segment opens the connection: what came before is forgotten
     * @param capturedLength payload bytes there, at most {@code payloadLength}
     * @param payloadLength payload bytes that the segment had
     */
    public void segment(
            int sequence,
            boolean syn,
            byte[] bytes,
            int offset,
            int capturedLength,
            int payloadLength,
            Output out) {
        int first = sequence;
        if (syn) {
            first = sequence + 1;
            start(first);
        }
        if (payloadLength == 0) {
            return;
        }
        if (!started) {
            start(first);
        }
        if (first - next > 0) {
            hold(first, bytes, offset, capturedLength, payloadLength, out);
            return;
        }
        take(first, bytes, offset, capturedLength, payloadLength, out);
        takeAhead(out);
    }

    private void start(int sequence) {
        started = true;
        next = sequence;
        unfinishedLength = 0;
        ahead = null;
        aheadBytes = 0;
        aheadSegments = 0;
    }

    private void take(
            int sequence,
            byte[] bytes,
            int offset,
            int capturedLength,
            int payloadLength,
            Output out) {
        int known = next - sequence;
        if (known >= payloadLength) {
            return;
        }
        next = sequence + payloadLength;
        if (known < capturedLength) {
            append(bytes, offset + known, capturedLength - known, out);
        }
        if (capturedLength < payloadLength) {
            lose(payloadLength - Math.max(known, capturedLength));
        }
    }

    private void append(byte[] bytes, int offset, int length, Output out) {
        if (unfinishedLength == 0) {
            int used = cut(bytes, offset, length, out);
            keep(bytes, offset + used, length - used);
            return;
        }
        keep(bytes, offset, length);
        int used = cut(unfinished, 0, unfinishedLength, out);
        unfinishedLength -= used;
        System.arraycopy(unfinished, used, unfinished, 0, unfinishedLength);
    }

    private void keep(byte[] bytes, int offset, int length) {
        if (unfinished.length < unfinishedLength + length) {
            unfinished =
                    Arrays.copyOf(
                            unfinished, Math.max(2 * unfinishedLength, unfinishedLength + length));
        }
        System.arraycopy(bytes, offset, unfinished, unfinishedLength, length);
        unfinishedLength += length;
    }

    /**
     * Hands out whole messages.
     *
     * @return bytes used
     */
    private int cut(byte[] bytes, int offset, int length, Output out) {
        int at = offset;
        int end = offset + length;
        while (end - at >= LENGTH_BYTES) {
            int size = (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
            if (size < DnsMessageParser.MIN_LENGTH) {
                lostBytes += end - at;
                return length;
            }
            if (end - at - LENGTH_BYTES < size) {
                break;
            }
            out.message(bytes, at + LENGTH_BYTES, size);
            at += LENGTH_BYTES + size;
        }
        return at - offset;
    }

    private void lose(long missing) {
        lostBytes += missing + unfinishedLength;
        unfinishedLength = 0;
    }

    private void hold(
            int sequence,
            byte[] bytes,
            int offset,
            int capturedLength,
            int payloadLength,
            Output out) {
        insert(
                new Segment(
                        sequence,
                        Arrays.copyOfRange(bytes, offset, offset + capturedLength),
                        payloadLength));
        while (aheadBytes > MAX_BYTES || aheadSegments > MAX_SEGMENTS) {
            lose((ahead.sequence - next) & UINT32_MASK);
            next = ahead.sequence;
            takeAhead(out);
        }
    }

    private void insert(Segment segment) {
        aheadBytes += segment.payloadLength;
        aheadSegments++;
        if (ahead == null || segment.sequence - ahead.sequence < 0) {
            segment.following = ahead;
            ahead = segment;
            return;
        }
        Segment at = ahead;
        while (at.following != null && segment.sequence - at.following.sequence >= 0) {
            at = at.following;
        }
        segment.following = at.following;
        at.following = segment;
    }

    private void takeAhead(Output out) {
        while (ahead != null && ahead.sequence - next <= 0) {
            Segment segment = ahead;
            ahead = segment.following;
            aheadBytes -= segment.payloadLength;
            aheadSegments--;
            take(
                    segment.sequence,
                    segment.bytes,
                    0,
                    segment.bytes.length,
                    segment.payloadLength,
                    out);
        }
    }

    /** Payload bytes that no message could be made of. */
    public long lostBytes() {
        return lostBytes;
    }

    /** Nothing waits here: forgetting it loses only the place in the stream. */
    public boolean isEmpty() {
        return unfinishedLength == 0 && ahead == null;
    }

    /** Writes version 1; {@link #read} reads it. */
    public void write(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeBoolean(started);
        out.writeInt(next);
        out.writeLong(lostBytes);
        out.writeInt(unfinishedLength);
        out.write(unfinished, 0, unfinishedLength);
        out.writeInt(aheadSegments);
        for (Segment at = ahead; at != null; at = at.following) {
            out.writeInt(at.sequence);
            out.writeInt(at.payloadLength);
            out.writeInt(at.bytes.length);
            out.write(at.bytes);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if it is of a version that this program does not know
     */
    public static DnsStream read(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException(
                    "DNS stream of version " + version + ": this program reads version " + VERSION);
        }
        DnsStream stream = new DnsStream();
        stream.started = in.readBoolean();
        stream.next = in.readInt();
        stream.lostBytes = in.readLong();
        stream.unfinishedLength = in.readInt();
        stream.unfinished = new byte[stream.unfinishedLength];
        in.readFully(stream.unfinished);
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            int sequence = in.readInt();
            int payloadLength = in.readInt();
            byte[] bytes = new byte[in.readInt()];
            in.readFully(bytes);
            stream.insert(new Segment(sequence, bytes, payloadLength));
        }
        return stream;
    }
}
