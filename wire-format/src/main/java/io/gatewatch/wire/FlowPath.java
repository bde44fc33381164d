package io.gatewatch.wire;

/**
 * A way that packets of a flow were seen to take, as one direction's frames state it.
 *
 * @param interfaceIndex place in the batch's interface table
 * @param sourceMac 48 bits, or {@link #NO_MAC}
 * @param destinationMac 48 bits, or {@link #NO_MAC}
 * @param vlanCount tags in {@code vlanTags}, 0 to 4
 * @param vlanTags tag control words (IEEE 802.1Q), outermost in the highest 16 bits used: for two
 *     tags {@code outer << 16 | inner}
 * @param tunnel null where the packet was found in none
 */
public record FlowPath(
        int interfaceIndex,
        long sourceMac,
        long destinationMac,
        int vlanCount,
        long vlanTags,
        Tunnel tunnel) {
    public static final long NO_MAC = -1;
    public static final int MAX_VLANS = 4;

    /** Mask of the VLAN id inside a tag control word. */
    public static final int VLAN_ID_MASK = 0xFFF;

    /** Result of {@link #outerVlanId} without a tag. */
    public static final int NO_VLAN = -1;

    /** VLAN id of the outermost tag, or {@link #NO_VLAN}. */
    public int outerVlanId() {
        return vlanCount == 0
                ? NO_VLAN
                : (int) (vlanTags >>> (16 * (vlanCount - 1))) & VLAN_ID_MASK;
    }
}
