package io.gatewatch.traffic.flow;

/**
 * Names of IP protocols as in the tables: keywords of the IANA registry "Assigned Internet Protocol
 * Numbers" in lower case, ICMPv6 as {@code icmp6}.
 */
public final class ProtocolNames {
    private static final String[] NAMES = new String[256];

    static {
        name(0, "hopopt");
        name(1, "icmp");
        name(2, "igmp");
        name(3, "ggp");
        name(4, "ipv4");
        name(5, "st");
        name(6, "tcp");
        name(7, "cbt");
        name(8, "egp");
        name(9, "igp");
        name(17, "udp");
        name(27, "rdp");
        name(33, "dccp");
        name(41, "ipv6");
        name(43, "ipv6-route");
        name(44, "ipv6-frag");
        name(46, "rsvp");
        name(47, "gre");
        name(50, "esp");
        name(51, "ah");
        name(54, "narp");
        name(55, "min-ipv4");
        name(57, "skip");
        name(58, "icmp6");
        name(59, "ipv6-nonxt");
        name(60, "ipv6-opts");
        name(88, "eigrp");
        name(89, "ospfigp");
        name(94, "ipip");
        name(97, "etherip");
        name(98, "encap");
        name(103, "pim");
        name(108, "ipcomp");
        name(112, "vrrp");
        name(115, "l2tp");
        name(124, "isis over ipv4");
        name(132, "sctp");
        name(133, "fc");
        name(135, "mobility header");
        name(136, "udplite");
        name(137, "mpls-in-ip");
        name(138, "manet");
        name(139, "hip");
        name(140, "shim6");
        name(141, "wesp");
        name(142, "rohc");
        name(143, "ethernet");
        for (int protocol = 0; protocol < NAMES.length; protocol++) {
            if (NAMES[protocol] == null) {
                NAMES[protocol] = Integer.toString(protocol);
            }
        }
    }

    private ProtocolNames() {}

    private static void name(int protocol, String keyword) {
        NAMES[protocol] = keyword;
    }

    /** Keyword of a protocol, 0 to 255; its number as text where no keyword is kept here. */
    public static String of(int protocol) {
        return NAMES[protocol];
    }
}
