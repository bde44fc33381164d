package io.gatewatch.job.sink;

import io.gatewatch.traffic.session.PacketList;

/**
 * A session's packet list as a JSON array: {@code [{"d":1,"l":0,"f":"S","t":0},…]} with direction,
 * payload bytes, TCP flags, offset in microseconds. Reused; not thread safe.
 */
public final class PacketListJson {
    private static final int TYPICAL_LENGTH = 4096;

    private final PacketList packets = new PacketList();
    private final StringBuilder text = new StringBuilder(TYPICAL_LENGTH);

    /** The JSON text of a packed list. */
    public String of(byte[] packed) {
        text.setLength(0);
        text.append('[');
        packets.wrap(packed);
        while (packets.next()) {
            text.append(text.length() == 1 ? "{\"d\":" : ",{\"d\":").append(packets.direction());
            text.append(",\"l\":").append(packets.payloadLength());
            text.append(",\"f\":\"").append(packets.flagsText());
            text.append("\",\"t\":").append(packets.offsetUs()).append('}');
        }
        return text.append(']').toString();
    }
}
