package io.gatewatch.wire;

import java.nio.charset.StandardCharsets;

/**
 * The hash that chooses a flow's Kafka partition. Part of the wire format: agents in any language
 * that write to one topic must agree on it. FNV-1a, 64 bit, over these bytes, then the finalizer of
 * SplitMix64:
 *
 * <pre>
 * site (UTF-8) | 0x00 | protocol (1) | address A (4 or 16) | address B (4 or 16) | port A (2) | port B (2)
 * </pre>
 *
 * The VLAN is never part of it. Partition = (hash &gt;&gt;&gt; 1) mod partitions.
 */
public final class FlowHash {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private FlowHash() {}

    /** State after the site's bytes: compute once, start each flow's hash from it. */
    public static long ofSite(String site) {
        long hash = FNV_OFFSET;
        for (byte octet : site.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (octet & 0xFF)) * FNV_PRIME;
        }
        return hash * FNV_PRIME; // the zero byte
    }

    /** Hash of a flow; parameters as in {@link FlowEntry}. */
    public static long of(
            long siteHash,
            int protocol,
            int ipVersion,
            long addressAHigh,
            long addressALow,
            long addressBHigh,
            long addressBLow,
            int portA,
            int portB) {
        long hash = mix(siteHash, protocol, 1);
        if (ipVersion == 4) {
            hash = mix(hash, addressALow, 4);
            hash = mix(hash, addressBLow, 4);
        } else {
            hash = mix(mix(hash, addressAHigh, 8), addressALow, 8);
            hash = mix(mix(hash, addressBHigh, 8), addressBLow, 8);
        }
        hash = mix(mix(hash, portA, 2), portB, 2);
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return hash ^ (hash >>> 31);
    }

    private static long mix(long hash, long value, int octets) {
        long mixed = hash;
        for (int shift = 8 * (octets - 1); shift >= 0; shift -= 8) {
            mixed = (mixed ^ ((value >>> shift) & 0xFF)) * FNV_PRIME;
        }
        return mixed;
    }

    /** The partition of a hash, 0 to {@code partitions} - 1. */
    public static int partition(long hash, int partitions) {
        return (int) ((hash >>> 1) % partitions);
    }
}
