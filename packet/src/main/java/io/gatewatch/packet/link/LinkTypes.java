package io.gatewatch.packet.link;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.packet.NextHeader;
import io.gatewatch.packet.PacketView;
import io.gatewatch.packet.buffer.Frame;

/**
 * The registry of capture link types (LINKTYPE_ values of the tcpdump.org registry): one line in
 * each of the two methods.
 */
public final class LinkTypes {
    public static final int NULL = 0;
    public static final int ETHERNET = 1;
    public static final int PPP = 9;

    /** DLT_RAW of most systems: files have it that were not written by libpcap. */
    public static final int RAW_DLT = 12;

    /** DLT_RAW of OpenBSD. */
    public static final int RAW_DLT_OPENBSD = 14;

    public static final int PPP_HDLC = 50;
    public static final int PPP_ETHER = 51;
    public static final int RAW = 101;
    public static final int C_HDLC = 104;
    public static final int IEEE802_11 = 105;
    public static final int LOOP = 108;
    public static final int LINUX_SLL = 113;
    public static final int IEEE802_11_RADIOTAP = 127;
    public static final int PPP_PPPD = 166;
    public static final int PPI = 192;
    public static final int PPP_WITH_DIR = 204;
    public static final int IPV4 = 228;
    public static final int IPV6 = 229;
    public static final int NFLOG = 239;
    public static final int LINUX_SLL2 = 276;

    private LinkTypes() {}

    public static boolean supports(int linkType) {
        return switch (linkType) {
            case NULL,
                    ETHERNET,
                    PPP,
                    RAW_DLT,
                    RAW_DLT_OPENBSD,
                    PPP_HDLC,
                    PPP_ETHER,
                    RAW,
                    C_HDLC,
                    IEEE802_11,
                    LOOP,
                    LINUX_SLL,
                    IEEE802_11_RADIOTAP,
                    PPP_PPPD,
                    PPI,
                    PPP_WITH_DIR,
                    IPV4,
                    IPV6,
                    NFLOG,
                    LINUX_SLL2 ->
                    true;
            default -> false;
        };
    }

    /** Decodes a further frame of an aggregate: one that {@link Frame#goToNext} went to. */
    public static int decodeAggregated(Frame frame, PacketView view) {
        return WifiLink.decodeAggregated(frame, view);
    }

    /** Decodes the link header that stands at the frame's position. */
    public static int decode(int linkType, Frame frame, PacketView view) {
        return switch (linkType) {
            case NULL, LOOP -> LoopbackLink.decode(frame);
            case ETHERNET -> EthernetLink.decode(frame, view);
            case PPP -> PppHeader.decode(frame);
            case RAW_DLT, RAW_DLT_OPENBSD, RAW -> RawIpLink.decode(frame);
            case PPP_HDLC -> PppLink.decodeHdlc(frame);
            case PPP_ETHER -> PppoeHeader.decode(frame);
            case C_HDLC -> CiscoHdlcLink.decode(frame);
            case IEEE802_11 -> WifiLink.decode(frame, view);
            case LINUX_SLL -> SllLink.decode(frame, view);
            case IEEE802_11_RADIOTAP -> RadiotapLink.decode(frame, view);
            case PPP_PPPD -> PppLink.decodePppd(frame);
            case PPI -> PpiLink.decode(frame);
            case PPP_WITH_DIR -> PppLink.decodeWithDirection(frame);
            case IPV4 -> NextHeader.IPV4;
            case IPV6 -> NextHeader.IPV6;
            case NFLOG -> NflogLink.decode(frame, view);
            case LINUX_SLL2 -> SllLink.decodeVersion2(frame, view);
            default -> NextHeader.end(DecodeOutcome.IGNORED_LINK_TYPE);
        };
    }
}
