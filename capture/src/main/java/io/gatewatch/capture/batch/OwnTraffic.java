package io.gatewatch.capture.batch;

import io.gatewatch.packet.PacketView;
import java.util.Arrays;

/**
 * The TCP endpoints (address and port) of the brokers that an agent ships to. Frames to or from one
 * of them are left out: shipping them would make more of them. One thread replaces the endpoints at
 * any time, the capturing thread asks for every packet; asking allocates nothing.
 */
public final class OwnTraffic {
    private static final int TCP = 6;

    /** Longs per endpoint: address high and low, then IP version and port. */
    private static final int STRIDE = 3;

    private volatile long[] endpoints = {};

    /**
     * An address and port. The address is two longs in network byte order, an IPv4 address in the
     * lower 32 bits of the low one.
     */
    public record Endpoint(int ipVersion, long addressHigh, long addressLow, int port) {}

    /** Replaces all endpoints. */
    public void set(Iterable<Endpoint> newEndpoints) {
        long[] packed = {};
        for (Endpoint endpoint : newEndpoints) {
            int at = packed.length;
            packed = Arrays.copyOf(packed, at + STRIDE);
            packed[at] = endpoint.addressHigh();
            packed[at + 1] = endpoint.addressLow();
            packed[at + 2] = versionAndPort(endpoint.ipVersion(), endpoint.port());
        }
        endpoints = packed;
    }

    boolean contains(PacketView packet) {
        long[] current = endpoints;
        if (current.length == 0 || packet.protocol != TCP) {
            return false;
        }
        long source = versionAndPort(packet.ipVersion, packet.sourcePort);
        long destination = versionAndPort(packet.ipVersion, packet.destinationPort);
        for (int at = 0; at < current.length; at += STRIDE) {
            long candidate = current[at + 2];
            if (candidate == source
                    && current[at + 1] == packet.sourceLow
                    && current[at] == packet.sourceHigh) {
                return true;
            }
            if (candidate == destination
                    && current[at + 1] == packet.destinationLow
                    && current[at] == packet.destinationHigh) {
                return true;
            }
        }
        return false;
    }

    private static long versionAndPort(int ipVersion, int port) {
        return (long) ipVersion << 16 | port;
    }
}
