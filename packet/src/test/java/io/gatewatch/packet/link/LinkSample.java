package io.gatewatch.packet.link;

import io.gatewatch.packet.DecodeOutcome;
import io.gatewatch.testing.FrameBuilder;
import io.gatewatch.testing.Hex;
import java.util.ArrayList;
import java.util.List;

/**
 * A frame of some link type around one and the same UDP packet, header by header: with what is said
 * of it when it ends inside of that header.
 */
public final class LinkSample {
    /** 192.0.2.1:40000 to 198.51.100.2:53, two bytes of payload. */
    public static final byte[] IPV4 =
            FrameBuilder.withoutLink()
                    .ipv4("192.0.2.1", "198.51.100.2")
                    .udp(40000, 53)
                    .payload(2)
                    .build();

    public static final byte[] IPV6 =
            FrameBuilder.withoutLink()
                    .ipv6("2001:db8::1", "2001:db8::2")
                    .udp(40000, 53)
                    .payload(2)
                    .build();

    private static final String ETHERNET = "02 00 00 00 00 fe  02 00 00 00 00 01 ";
    private static final DecodeOutcome LINK = DecodeOutcome.UNDECODABLE_LINK;
    private static final DecodeOutcome LLC = DecodeOutcome.UNDECODABLE_LLC;
    private static final DecodeOutcome TAG = DecodeOutcome.UNDECODABLE_TAG;
    private static final DecodeOutcome PPP = DecodeOutcome.UNDECODABLE_PPP;
    private static final DecodeOutcome PPPOE = DecodeOutcome.UNDECODABLE_PPPOE;
    private static final DecodeOutcome MPLS = DecodeOutcome.UNDECODABLE_MPLS;

    public final String name;
    public final int linkType;
    private final List<byte[]> headers = new ArrayList<>();
    private final List<DecodeOutcome> reasons = new ArrayList<>();

    private LinkSample(String name, int linkType) {
        this.name = name;
        this.linkType = linkType;
    }

    /** One or more for every link type and for every header that may stand before IP. */
    public static List<LinkSample> all() {
        return List.of(
                of("Ethernet", 1).header(ETHERNET + "08 00", LINK),
                of("802.3 SNAP", 1)
                        .header(ETHERNET + "00 26", LINK)
                        .header("aa aa 03 00 00 00 08 00", LLC),
                of("802.3 SAP of IP", 1).header(ETHERNET + "00 21", LINK).header("06 06 03", LLC),
                of("LLC under an EtherType", 1)
                        .header(ETHERNET + "88 70", LINK)
                        .header("aa aa 03 00 00 f8 08 00", LLC),
                of("VLAN", 1)
                        .header(ETHERNET + "81 00", LINK)
                        .header("00 2a 08 00", DecodeOutcome.UNDECODABLE_VLAN),
                of("VN-tag", 1).header(ETHERNET + "89 26", LINK).header("80 01 00 02 08 00", TAG),
                of("E-tag", 1)
                        .header(ETHERNET + "89 3f", LINK)
                        .header("00 01 00 02 00 00 08 00", TAG),
                of("HSR", 1).header(ETHERNET + "89 2f", LINK).header("00 24 00 07 08 00", TAG),
                of("Cisco metadata", 1)
                        .header(ETHERNET + "89 09", LINK)
                        .header("01 01 00 01 00 10 08 00", TAG),
                of("802.1ah", 1)
                        .header("02 aa 00 00 00 01 02 aa 00 00 00 02 88 e7", LINK)
                        .header("00 00 00 64", TAG)
                        .header(ETHERNET + "08 00", LINK),
                of("PPPoE", 1)
                        .header(ETHERNET + "88 64", LINK)
                        .header("11 00 00 01 00 20", PPPOE)
                        .header("00 21", PPP),
                of("MPLS", 1)
                        .header(ETHERNET + "88 47", LINK)
                        .header("00 06 40 40  00 01 01 40", MPLS),
                of("MPLS explicit null", 1)
                        .header(ETHERNET + "88 48", LINK)
                        .header("00 00 01 40", MPLS),
                of("BSD loopback, little endian", 0).header("02 00 00 00", LINK),
                of("BSD loopback, big endian", 108).header("00 00 00 02", LINK),
                of("PPP", 9).header("ff 03 00 21", PPP),
                of("PPP, short", 9).header("21", PPP),
                of("PPP over HDLC", 50).header("ff 03", LINK).header("00 21", PPP),
                of("Cisco under PPP over HDLC", 50).header("0f 00 08 00", LINK),
                of("PPP of PPPoE", 51).header("11 00 00 01 00 20", PPPOE).header("00 21", PPP),
                of("PPP, direction", 204).header("01", LINK).header("ff 03 00 21", PPP),
                of("PPP of pppd", 166).header("00 03", LINK).header("00 21", PPP),
                of("Cisco HDLC", 104).header("0f 00 08 00", LINK),
                of("Linux cooked", 113)
                        .header("00 00 00 01 00 06 02 00 00 00 00 01 00 00 08 00", LINK),
                of("Linux cooked 2", 276)
                        .header(
                                "08 00 00 00  00 00 00 03  00 01 04 06  02 00 00 00 00 01 00 00",
                                LINK),
                of("802.11", 105)
                        .header(
                                "08 01 00 00  02 00 00 00 00 aa  02 00 00 00 00 01 "
                                        + " 02 00 00 00 00 fe  10 00",
                                LINK)
                        .header("aa aa 03 00 00 00 08 00", LLC),
                of("802.11 radiotap", 127)
                        .header("00 00 0a 00  02 00 00 00  00 00", LINK)
                        .header(
                                "88 02 00 00  02 00 00 00 00 fe  02 00 00 00 00 aa "
                                        + " 02 00 00 00 00 01  10 00  00 00",
                                LINK)
                        .header("aa aa 03 00 00 00 08 00", LLC),
                of("PPI", 192)
                        .header("00 00 08 00  69 00 00 00", LINK)
                        .header(
                                "08 00 00 00  02 00 00 00 00 fe  02 00 00 00 00 01 "
                                        + " 02 00 00 00 00 aa  10 00",
                                LINK)
                        .header("aa aa 03 00 00 00 08 00", LLC),
                of("netfilter log", 239)
                        .header("02 00 00 00", LINK)
                        .header("08 00 01 00  08 00 03 00", LINK)
                        .header("22 00 09 00", LINK));
    }

    private static LinkSample of(String name, int linkType) {
        return new LinkSample(name, linkType);
    }

    private LinkSample header(String hex, DecodeOutcome whenTruncated) {
        headers.add(Hex.bytes(hex));
        reasons.add(whenTruncated);
        return this;
    }

    /** The whole frame. */
    public byte[] frame() {
        return concat(concat(headers.toArray(new byte[0][])), IPV4);
    }

    /** Bytes before the IP header. */
    public int headerLength() {
        return frame().length - IPV4.length;
    }

    /** What is said of the frame when it ends after {@code length} bytes of its headers. */
    DecodeOutcome whenEndingAt(int length) {
        int end = 0;
        for (int i = 0; i < headers.size(); i++) {
            end += headers.get(i).length;
            if (length < end) {
                return reasons.get(i);
            }
        }
        throw new IllegalArgumentException(length + " bytes hold all headers");
    }

    static byte[] concat(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    @Override
    public String toString() {
        return name;
    }
}
