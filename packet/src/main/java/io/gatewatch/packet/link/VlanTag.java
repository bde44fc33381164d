package io.gatewatch.packet.link;

import static io.gatewatch.packet.buffer.NetworkBytes.uint16;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.NextHeader;
import io.gatewatch.packet.PacketView;
import io.gatewatch.packet.buffer.Frame;

/**
 * One VLAN tag behind its EtherType (IEEE 802.1Q clause 9, 802.1ad and their forerunners). Tags
 * stack, {@link #MAX_TAGS} of them are kept.
 */
public final class VlanTag {
    // Layout
    //   0                      2           4
    //   +----------------------+-----------+
    //   | PCP 3 DEI 1 VLAN 12  | EtherType |
    //   +----------------------+-----------+
    private static final int CONTROL = 0;
    private static final int ETHER_TYPE = 2;
    private static final int LENGTH = 4;

    /** As many as {@link PacketView#vlanTags} has room for. */
    public static final int MAX_TAGS = 4;

    private VlanTag() {}

    public static int decode(Frame frame, PacketView view) {
        // Check
        if (!frame.captured(LENGTH)) {
            return NextHeader.missing(frame, LENGTH, DecodeOutcome.UNDECODABLE_VLAN);
        }
        if (view.vlanCount == MAX_TAGS) {
            return NextHeader.end(DecodeOutcome.UNDECODABLE_VLAN_STACK);
        }
        // Accessors
        byte[] bytes = frame.bytes;
        int at = frame.position;
        view.vlanTags = view.vlanTags << 16 | uint16(bytes, at + CONTROL);
        // Meaning
        view.vlanCount++;
        frame.position = at + LENGTH;
        return NextHeader.etherType(uint16(bytes, at + ETHER_TYPE));
    }
}
