package io.gatewatch.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * A flow's identity in a batch. A and B are its two ends in key order (see {@link FlowOrder}),
 * whoever opened it. Addresses are two longs in network byte order, an IPv4 address in the lower 32
 * bits of the low one. Mutable and reused; not thread safe.
 */
public final class FlowEntry {
    /** IANA protocol number, 0 to 255. */
    public int protocol;

    /** 4 or 6. */
    public int ipVersion;

    public long addressAHigh;
    public long addressALow;
    public long addressBHigh;
    public long addressBLow;

    /**
     * 0 to 65535; ICMP and ICMPv6 as Community ID maps type and code; 0 for protocols without
     * ports.
     */
    public int portA;

    public int portB;

    /**
     * VLAN id of the outermost tag where the agent makes it part of the key, else {@link
     * FlowPath#NO_VLAN}: then packets of all VLANs are one flow.
     */
    public int keyVlan = FlowPath.NO_VLAN;

    /**
     * The agent had seen the flow before this batch, in this boot and as far as its table reaches.
     */
    public boolean seenBefore;

    /** At most 255; packets refer to them by index. None is needed without packets. */
    public final List<FlowPath> paths = new ArrayList<>(2);
}
