package io.gatewatch.wire;

/** Kinds of tunnels and their numbers on the wire. Only ever added to. */
public enum TunnelKind {
    GRE(1, "gre"),
    ERSPAN(2, "erspan"),
    IP_IN_IP(3, "ipip"),
    SIX_IN_FOUR(4, "6in4"),
    FOUR_IN_SIX(5, "4in6"),
    TEREDO(6, "teredo"),
    VXLAN(7, "vxlan"),
    GENEVE(8, "geneve"),
    GTP_U(9, "gtpu"),
    SIX_IN_SIX(10, "6in6"),

    /** A kind that this version does not know: written by a newer agent. */
    OTHER(255, "other");

    private static final TunnelKind[] BY_CODE = new TunnelKind[256];

    static {
        for (TunnelKind kind : values()) {
            BY_CODE[kind.code] = kind;
        }
    }

    private final int code;
    private final String text;

    TunnelKind(int code, String text) {
        this.code = code;
        this.text = text;
    }

    /** Number on the wire, 1 to 255. */
    public int code() {
        return code;
    }

    /** Name in tables and output. */
    public String text() {
        return text;
    }

    /** The kind with this number, 0 to 255; {@link #OTHER} if this version knows none. */
    public static TunnelKind ofCode(int code) {
        TunnelKind kind = BY_CODE[code];
        return kind != null ? kind : OTHER;
    }
}
