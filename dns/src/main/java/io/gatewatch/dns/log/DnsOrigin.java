package io.gatewatch.dns.log;

import io.gatewatch.wire.FlowPath;
import io.gatewatch.wire.WirePacket;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The packet that a message was complete with. Immutable.
 *
 * @param sourceMac 48 bits, or {@link FlowPath#NO_MAC}
 * @param destinationMac 48 bits, or {@link FlowPath#NO_MAC}
 */
record DnsOrigin(String gateway, long timeNs, boolean fromB, long sourceMac, long destinationMac) {

    static DnsOrigin of(String gateway, WirePacket packet, FlowPath path) {
        return new DnsOrigin(
                gateway, packet.timeNs, packet.fromB, path.sourceMac(), path.destinationMac());
    }

    void write(DataOutput out) throws IOException {
        out.writeUTF(gateway);
        out.writeLong(timeNs);
        out.writeBoolean(fromB);
        out.writeLong(sourceMac);
        out.writeLong(destinationMac);
    }

    static DnsOrigin read(DataInput in) throws IOException {
        return new DnsOrigin(
                in.readUTF(), in.readLong(), in.readBoolean(), in.readLong(), in.readLong());
    }
}
