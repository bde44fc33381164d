package io.gatewatch.dns.log;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The beginning of a message in a datagram whose end was cut off, or is in fragments that have not
 * come yet. Immutable.
 */
final class DnsBeginning {
    private final DnsOrigin origin;
    private final byte[] bytes;

    /**
     * @param bytes from the header of the message on
     */
    DnsBeginning(DnsOrigin origin, byte[] bytes) {
        this.origin = origin;
        this.bytes = bytes;
    }

    DnsOrigin origin() {
        return origin;
    }

    byte[] bytes() {
        return bytes;
    }

    /** The first two bytes: the transaction id (RFC 1035 section 4.1.1). */
    boolean beginsLike(byte[] message, int offset) {
        return bytes[0] == message[offset] && bytes[1] == message[offset + 1];
    }

    void write(DataOutput out) throws IOException {
        origin.write(out);
        out.writeShort(bytes.length);
        out.write(bytes);
    }

    static DnsBeginning read(DataInput in) throws IOException {
        DnsOrigin origin = DnsOrigin.read(in);
        byte[] bytes = new byte[in.readUnsignedShort()];
        in.readFully(bytes);
        return new DnsBeginning(origin, bytes);
    }
}
