package io.gatewatch.traffic.flow;

import io.gatewatch.wire.FlowEntry;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The key that sessions are assembled under: site and direction-free 5-tuple, with the outer VLAN
 * only where the user asks for it. Immutable. Savepoints and session ids stand on it, so equality,
 * hash and {@link #write} never change.
 */
public final class FlowKey {
    /** Value of {@link #vlan()} where VLANs are not part of the key. */
    public static final int NO_VLAN = -1;

    private static final int VERSION = 1;
    private static final long UINT32_MASK = 0xFFFF_FFFFL;

    private final String site;
    private final int vlan;
    private final int protocol;
    private final int ipVersion;
    private final long addressAHigh;
    private final long addressALow;
    private final long addressBHigh;
    private final long addressBLow;
    private final int portA;
    private final int portB;
    private final int hash;

    public FlowKey(
            String site,
            int vlan,
            int protocol,
            int ipVersion,
            long addressAHigh,
            long addressALow,
            long addressBHigh,
            long addressBLow,
            int portA,
            int portB) {
        this.site = site;
        this.vlan = vlan;
        this.protocol = protocol;
        this.ipVersion = ipVersion;
        this.addressAHigh = addressAHigh;
        this.addressALow = addressALow;
        this.addressBHigh = addressBHigh;
        this.addressBLow = addressBLow;
        this.portA = portA;
        this.portB = portB;
        this.hash = computeHash();
    }

    /** The key of a flow of a batch. */
    public static FlowKey of(String site, FlowEntry flow, int vlan) {
        return new FlowKey(
                site,
                vlan,
                flow.protocol,
                flow.ipVersion,
                flow.addressAHigh,
                flow.addressALow,
                flow.addressBHigh,
                flow.addressBLow,
                flow.portA,
                flow.portB);
    }

    public String site() {
        return site;
    }

    public int vlan() {
        return vlan;
    }

    public int protocol() {
        return protocol;
    }

    public int ipVersion() {
        return ipVersion;
    }

    public long addressAHigh() {
        return addressAHigh;
    }

    public long addressALow() {
        return addressALow;
    }

    public long addressBHigh() {
        return addressBHigh;
    }

    public long addressBLow() {
        return addressBLow;
    }

    public int portA() {
        return portA;
    }

    public int portB() {
        return portB;
    }

    /** Address of the end A ({@code ofB} false) or B, 4 or 16 bytes in network order. */
    public byte[] address(boolean ofB) {
        byte[] bytes = new byte[ipVersion == 4 ? 4 : 16];
        putAddress(ByteBuffer.wrap(bytes), ofB);
        return bytes;
    }

    private void putAddress(ByteBuffer to, boolean ofB) {
        if (ipVersion == 4) {
            to.putInt((int) (ofB ? addressBLow : addressALow));
        } else {
            to.putLong(ofB ? addressBHigh : addressAHigh);
            to.putLong(ofB ? addressBLow : addressALow);
        }
    }

    /** Room that {@link #putIdentity} needs. */
    public int identityLength() {
        return 9 + 3 * site.length() + (ipVersion == 4 ? 8 : 32);
    }

    /**
     * Writes the bytes that session ids stand on. They never change:
     *
     * <pre>
     * site (UTF-8) | 0x00 | VLAN (2, 0xFFFF without) | protocol (1) | IP version (1)
     *   | address A (4 or 16) | address B (4 or 16) | port A (2) | port B (2)
     * </pre>
     */
    public void putIdentity(ByteBuffer to) {
        to.put(site.getBytes(StandardCharsets.UTF_8));
        to.put((byte) 0);
        to.putShort((short) vlan);
        to.put((byte) protocol);
        to.put((byte) ipVersion);
        putAddress(to, false);
        putAddress(to, true);
        to.putShort((short) portA);
        to.putShort((short) portB);
    }

    /** Writes version 1 of the key; {@link #read} reads it. */
    public void write(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.writeUTF(site);
        out.writeShort(vlan);
        out.writeByte(protocol);
        out.writeByte(ipVersion);
        if (ipVersion == 4) {
            out.writeInt((int) addressALow);
            out.writeInt((int) addressBLow);
        } else {
            out.writeLong(addressAHigh);
            out.writeLong(addressALow);
            out.writeLong(addressBHigh);
            out.writeLong(addressBLow);
        }
        out.writeShort(portA);
        out.writeShort(portB);
    }

    /**
     * Reads a key that {@link #write} wrote.
     *
     * @throws IOException if it is of a version that this program does not know
     */
    public static FlowKey read(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException(
                    "flow key of version " + version + ": this program reads version " + VERSION);
        }
        String site = SharedStrings.read(in);
        int vlan = in.readShort();
        int protocol = in.readUnsignedByte();
        int ipVersion = in.readUnsignedByte();
        boolean ipv4 = ipVersion == 4;
        long addressAHigh = ipv4 ? 0 : in.readLong();
        long addressALow = ipv4 ? in.readInt() & UINT32_MASK : in.readLong();
        long addressBHigh = ipv4 ? 0 : in.readLong();
        long addressBLow = ipv4 ? in.readInt() & UINT32_MASK : in.readLong();
        return new FlowKey(
                site,
                vlan,
                protocol,
                ipVersion,
                addressAHigh,
                addressALow,
                addressBHigh,
                addressBLow,
                in.readUnsignedShort(),
                in.readUnsignedShort());
    }

    // Partitions keyed state, so it is the same on every JVM: String.hashCode is specified.
    private int computeHash() {
        long mixed = site.hashCode();
        mixed = mix(mixed, addressALow);
        mixed = mix(mixed, addressBLow);
        if (ipVersion != 4) {
            mixed = mix(mix(mixed, addressAHigh), addressBHigh);
        }
        long small = ((long) vlan << 40) ^ ((long) protocol << 32) ^ ((long) portA << 16) ^ portB;
        mixed = mix(mixed, small);
        return (int) (mixed ^ (mixed >>> 32));
    }

    private static long mix(long hash, long value) {
        long mixed = (hash ^ value) * 0x9E3779B97F4A7C15L;
        return mixed ^ (mixed >>> 29);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FlowKey that
                && hash == that.hash
                && addressALow == that.addressALow
                && addressBLow == that.addressBLow
                && portA == that.portA
                && portB == that.portB
                && protocol == that.protocol
                && addressAHigh == that.addressAHigh
                && addressBHigh == that.addressBHigh
                && ipVersion == that.ipVersion
                && vlan == that.vlan
                && site.equals(that.site);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
