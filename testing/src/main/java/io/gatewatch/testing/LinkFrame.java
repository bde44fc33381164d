package io.gatewatch.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One frame, or several, for every link type and for every header that may stand before an IPv4
 * packet: header by header, so that a test knows where each ends.
 */
public final class LinkFrame {
    /** What a header is. */
    public enum Part {
        LINK,
        LLC,
        VLAN,
        TAG,
        PPP,
        PPPOE,
        MPLS,
        PSEUDOWIRE
    }

    private static final String ETHERNET = "02 00 00 00 00 fe  02 00 00 00 00 01 ";
    private static final int NO_LENGTH = -1;
    private static final int ATTRIBUTE_HEADER_LENGTH = 4;

    private final String name;
    private final int linkType;
    private final List<Header> headers = new ArrayList<>();

    private static final class Header {
        final byte[] bytes;
        final Part part;
        int lengthAt = NO_LENGTH;
        boolean attribute;

        Header(byte[] bytes, Part part) {
            this.bytes = bytes;
            this.part = part;
        }

        byte[] before(int restLength) {
            byte[] filled = bytes.clone();
            if (attribute) {
                int length = restLength + ATTRIBUTE_HEADER_LENGTH;
                filled[0] = (byte) length;
                filled[1] = (byte) (length >>> 8);
            } else if (lengthAt != NO_LENGTH) {
                filled[lengthAt] = (byte) (restLength >>> 8);
                filled[lengthAt + 1] = (byte) restLength;
            }
            return filled;
        }
    }

    private LinkFrame(String name, int linkType) {
        this.name = name;
        this.linkType = linkType;
    }

    public static List<LinkFrame> all() {
        return List.of(
                of("Ethernet", 1).header(ETHERNET + "08 00", Part.LINK),
                of("802.3 SNAP", 1)
                        .header(ETHERNET + "00 00", Part.LINK)
                        .length(12)
                        .header("aa aa 03 00 00 00 08 00", Part.LLC),
                of("802.3 SAP of IP", 1)
                        .header(ETHERNET + "00 00", Part.LINK)
                        .length(12)
                        .header("06 06 03", Part.LLC),
                of("LLC under an EtherType", 1)
                        .header(ETHERNET + "88 70", Part.LINK)
                        .header("aa aa 03 00 00 f8 08 00", Part.LLC),
                of("VLAN", 1)
                        .header(ETHERNET + "81 00", Part.LINK)
                        .header("00 2a 08 00", Part.VLAN),
                of("VN-tag", 1)
                        .header(ETHERNET + "89 26", Part.LINK)
                        .header("80 01 00 02 08 00", Part.TAG),
                of("E-tag", 1)
                        .header(ETHERNET + "89 3f", Part.LINK)
                        .header("00 01 00 02 00 00 08 00", Part.TAG),
                of("HSR", 1)
                        .header(ETHERNET + "89 2f", Part.LINK)
                        .header("00 24 00 07 08 00", Part.TAG),
                of("Cisco metadata", 1)
                        .header(ETHERNET + "89 09", Part.LINK)
                        .header("01 01 00 01 00 10 08 00", Part.TAG),
                of("802.1ah", 1)
                        .header("02 aa 00 00 00 01 02 aa 00 00 00 02 88 e7", Part.LINK)
                        .header("00 00 00 64", Part.TAG)
                        .header(ETHERNET + "08 00", Part.LINK),
                of("PPPoE", 1)
                        .header(ETHERNET + "88 64", Part.LINK)
                        .header("11 00 00 01 00 00", Part.PPPOE)
                        .length(4)
                        .header("00 21", Part.PPP),
                of("MPLS", 1)
                        .header(ETHERNET + "88 47", Part.LINK)
                        .header("00 06 40 40  00 01 01 40", Part.MPLS),
                of("MPLS explicit null", 1)
                        .header(ETHERNET + "88 48", Part.LINK)
                        .header("00 00 01 40", Part.MPLS),
                of("MPLS pseudowire", 1)
                        .header("02 aa 00 00 00 01 02 aa 00 00 00 02 88 47", Part.LINK)
                        .header("00 06 41 40", Part.MPLS)
                        .header(ETHERNET + "08 00", Part.PSEUDOWIRE),
                of("MPLS pseudowire, control word", 1)
                        .header("02 aa 00 00 00 01 02 aa 00 00 00 02 88 47", Part.LINK)
                        .header("00 06 41 40", Part.MPLS)
                        .header("00 00 00 01", Part.PSEUDOWIRE)
                        .header(ETHERNET + "08 00", Part.PSEUDOWIRE),
                of("BSD loopback, little endian", 0).header("02 00 00 00", Part.LINK),
                of("BSD loopback, big endian", 108).header("00 00 00 02", Part.LINK),
                of("PPP", 9).header("ff 03 00 21", Part.PPP),
                of("PPP, short", 9).header("21", Part.PPP),
                of("PPP over HDLC", 50).header("ff 03", Part.LINK).header("00 21", Part.PPP),
                of("Cisco under PPP over HDLC", 50).header("0f 00 08 00", Part.LINK),
                of("PPP of PPPoE", 51)
                        .header("11 00 00 01 00 00", Part.PPPOE)
                        .length(4)
                        .header("00 21", Part.PPP),
                of("PPP, direction", 204).header("01", Part.LINK).header("ff 03 00 21", Part.PPP),
                of("PPP of pppd", 166).header("00 03", Part.LINK).header("00 21", Part.PPP),
                of("Cisco HDLC", 104).header("0f 00 08 00", Part.LINK),
                of("Linux cooked", 113)
                        .header("00 00 00 01 00 06 02 00 00 00 00 01 00 00 08 00", Part.LINK),
                of("Linux cooked 2", 276)
                        .header(
                                "08 00 00 00  00 00 00 03  00 01 04 06  02 00 00 00 00 01 00 00",
                                Part.LINK),
                of("802.11", 105)
                        .header(
                                "08 01 00 00  02 00 00 00 00 aa  02 00 00 00 00 01 "
                                        + " 02 00 00 00 00 fe  10 00",
                                Part.LINK)
                        .header("aa aa 03 00 00 00 08 00", Part.LLC),
                of("802.11 aggregate", 105)
                        .header(
                                "88 01 00 00  02 00 00 00 00 aa  02 00 00 00 00 01 "
                                        + " 02 00 00 00 00 fe  10 00  80 00",
                                Part.LINK)
                        .header(ETHERNET + "00 00", Part.LINK)
                        .length(12)
                        .header("aa aa 03 00 00 00 08 00", Part.LLC),
                of("802.11 radiotap", 127)
                        .header("00 00 0a 00  02 00 00 00  00 00", Part.LINK)
                        .header(
                                "88 02 00 00  02 00 00 00 00 fe  02 00 00 00 00 aa "
                                        + " 02 00 00 00 00 01  10 00  00 00",
                                Part.LINK)
                        .header("aa aa 03 00 00 00 08 00", Part.LLC),
                of("PPI", 192)
                        .header("00 00 08 00  69 00 00 00", Part.LINK)
                        .header(
                                "08 00 00 00  02 00 00 00 00 fe  02 00 00 00 00 01 "
                                        + " 02 00 00 00 00 aa  10 00",
                                Part.LINK)
                        .header("aa aa 03 00 00 00 08 00", Part.LLC),
                of("netfilter log", 239)
                        .header("02 00 00 00", Part.LINK)
                        .header("08 00 01 00  08 00 03 00", Part.LINK)
                        .header("00 00 09 00", Part.LINK)
                        .lengthOfAttribute());
    }

    private static LinkFrame of(String name, int linkType) {
        return new LinkFrame(name, linkType);
    }

    private LinkFrame header(String hex, Part part) {
        headers.add(new Header(Hex.bytes(hex), part));
        return this;
    }

    /** The header added last has the length of what follows it here, big endian. */
    private LinkFrame length(int at) {
        headers.get(headers.size() - 1).lengthAt = at;
        return this;
    }

    /** The header added last begins with its own length and that of what follows, little endian. */
    private LinkFrame lengthOfAttribute() {
        headers.get(headers.size() - 1).attribute = true;
        return this;
    }

    public String name() {
        return name;
    }

    /** LINKTYPE_ value of the tcpdump.org registry. */
    public int linkType() {
        return linkType;
    }

    /** The frame that carries this IPv4 packet. */
    public byte[] around(byte[] packet) {
        byte[] frame = packet;
        for (int i = headers.size() - 1; i >= 0; i--) {
            byte[] header = headers.get(i).before(frame.length);
            byte[] longer = Arrays.copyOf(header, header.length + frame.length);
            System.arraycopy(frame, 0, longer, header.length, frame.length);
            frame = longer;
        }
        return frame;
    }

    /** Bytes before the packet. */
    public int headerLength() {
        return headers.stream().mapToInt(header -> header.bytes.length).sum();
    }

    /** The header that this byte of the frame belongs to. */
    public Part partAt(int position) {
        int end = 0;
        for (Header header : headers) {
            end += header.bytes.length;
            if (position < end) {
                return header.part;
            }
        }
        throw new IllegalArgumentException(position + " is behind all headers");
    }

    @Override
    public String toString() {
        return name;
    }
}
