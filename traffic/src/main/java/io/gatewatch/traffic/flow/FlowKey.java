package io.gatewatch.traffic.flow;

import io.gatewatch.wire.FlowEntry;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Objects;

/**
 * The key that sessions are assembled under: site and direction-free 5-tuple, with the outer VLAN
 * only where the user asks for it. Immutable. Savepoints and session ids stand on it, so equality,
 * hash and {@link #write} never change.
 */
public final class FlowKey {
    /** Value of {@link #vlan()} where VLANs are not part of the key. */
    public static final int NO_VLAN = -1;

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
        this.hash =
                Objects.hash(
                        site,
                        vlan,
                        protocol,
                        ipVersion,
                        addressAHigh,
                        addressALow,
                        addressBHigh,
                        addressBLow,
                        portA,
                        portB);
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

    /** Writes the key; {@link #read} reads it. Version 1, kept readable for savepoints. */
    public void write(DataOutput out) throws IOException {
        throw new UnsupportedOperationException();
    }

    public static FlowKey read(DataInput in) throws IOException {
        throw new UnsupportedOperationException();
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
