package io.gatewatch.packet;

/** Kinds of tunnels, by the number that the wire format gives the kind of the same name. */
public enum PacketTunnel {
    GRE(1),
    ERSPAN(2),
    IP_IN_IP(3),
    SIX_IN_FOUR(4),
    FOUR_IN_SIX(5),
    TEREDO(6),
    VXLAN(7),
    GENEVE(8),
    GTP_U(9),
    SIX_IN_SIX(10);

    private final int code;

    PacketTunnel(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
