package io.gatewatch.testing;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Puts one frame together: link, IP, transport, payload, each optional from the outside in. Lengths
 * and checksums come out right unless they are given. A frame within a frame (a tunnel, an ICMP
 * error) is the payload of the outer one.
 *
 * <pre>{@code
 * byte[] frame = FrameBuilder.ethernet().vlan(42)
 *         .ipv4("192.0.2.1", "198.51.100.2")
 *         .tcp(40000, 80).flags("PA").sequence(1).acknowledgement(1)
 *         .payload("GET / HTTP/1.1\r\n\r\n")
 *         .build();
 * }</pre>
 */
public final class FrameBuilder {
    public static final String CLIENT_MAC = "02:00:00:00:00:01";
    public static final String GATEWAY_MAC = "02:00:00:00:00:fe";

    private static final int AS_COMPUTED = -1;
    private static final int ETHER_TYPE_VLAN = 0x8100;
    private static final int MINIMUM_LENGTH = 60;
    private static final int ICMP = 1;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int FRAGMENT_HEADER = 44;
    private static final int ICMPV6 = 58;

    /** Lowest bit first: FIN, SYN, RST, PSH, ACK, URG, ECE, CWR, AE. */
    private static final String FLAG_LETTERS = "FSRPAUECN";

    private final boolean ethernet;
    private byte[] macs = new byte[0];
    private final ByteArrayOutputStream vlans = new ByteArrayOutputStream();
    private int firstEtherType = AS_COMPUTED;
    private int etherType = AS_COMPUTED;

    private int ipVersion;
    private byte[] source = new byte[0];
    private byte[] destination = new byte[0];
    private int ttl = 64;
    private int identification;
    private int fragmentBits;
    private byte[] ipOptions = new byte[0];
    private int ipHeaderWords = AS_COMPUTED;
    private int ipLength = AS_COMPUTED;
    private final List<Extension> extensions = new ArrayList<>();

    private int protocol = AS_COMPUTED;
    private int sourcePort;
    private int destinationPort;
    private long sequence;
    private long acknowledgement;
    private int tcpFlags;
    private int window = 64_240;
    private byte[] tcpOptions = new byte[0];
    private int dataOffsetWords = AS_COMPUTED;
    private int udpLength = AS_COMPUTED;
    private int icmpType;
    private int icmpCode;
    private int icmpRest;
    private boolean withTransportHeader;
    private int checksum = AS_COMPUTED;
    private byte[] payload = new byte[0];
    private int padding;
    private boolean padToMinimum;

    /** An IPv6 extension header: its own number, and its bytes, the first of which is set later. */
    private static final class Extension {
        final int number;
        final byte[] bytes;

        Extension(int number, byte[] bytes) {
            this.number = number;
            this.bytes = bytes;
        }
    }

    private FrameBuilder(boolean ethernet) {
        this.ethernet = ethernet;
    }

    /** An Ethernet frame from {@link #CLIENT_MAC} to {@link #GATEWAY_MAC}. */
    public static FrameBuilder ethernet() {
        return ethernet(CLIENT_MAC, GATEWAY_MAC);
    }

    /** An Ethernet frame; addresses as {@code 02:00:00:00:00:01}. */
    public static FrameBuilder ethernet(String sourceMac, String destinationMac) {
        FrameBuilder builder = new FrameBuilder(true);
        HexFormat colons = HexFormat.ofDelimiter(":");
        builder.macs = concat(colons.parseHex(destinationMac), colons.parseHex(sourceMac));
        return builder;
    }

    /** A packet that begins with its IP header. */
    public static FrameBuilder withoutLink() {
        return new FrameBuilder(false);
    }

    /** Appends an 802.1Q tag; the outermost first. */
    public FrameBuilder vlan(int tagControl) {
        return vlan(ETHER_TYPE_VLAN, tagControl);
    }

    /** Appends a tag with an EtherType of its own, as 0x88a8 for the outer one of 802.1ad. */
    public FrameBuilder vlan(int tagType, int tagControl) {
        if (firstEtherType == AS_COMPUTED) {
            firstEtherType = tagType;
        } else {
            vlans.writeBytes(u16(tagType));
        }
        vlans.writeBytes(u16(tagControl));
        return this;
    }

    /** EtherType of what follows the tags, where it is not that of the IP version. */
    public FrameBuilder etherType(int type) {
        etherType = type;
        return this;
    }

    /** An IPv4 header, addresses in text. */
    public FrameBuilder ipv4(String from, String to) {
        return ip(4, from, to);
    }

    /** An IPv6 header, addresses in text. */
    public FrameBuilder ipv6(String from, String to) {
        return ip(6, from, to);
    }

    /** An IP header of the version that the addresses have. */
    public FrameBuilder ip(String from, String to) {
        return ip(from.indexOf(':') < 0 ? 4 : 6, from, to);
    }

    private FrameBuilder ip(int version, String from, String to) {
        ipVersion = version;
        source = address(from, version);
        destination = address(to, version);
        return this;
    }

    /** Time to live or hop limit. */
    public FrameBuilder ttl(int hops) {
        ttl = hops;
        return this;
    }

    public FrameBuilder identification(int value) {
        identification = value;
        return this;
    }

    /** Makes an IPv4 fragment, or adds an IPv6 fragment header; the offset in bytes, times 8. */
    public FrameBuilder fragment(int offset, boolean more) {
        fragmentBits = offset / 8 | (more ? 0x2000 : 0);
        if (ipVersion == 6) {
            byte[] header = new byte[8];
            header[2] = (byte) (offset >>> 8);
            header[3] = (byte) ((offset & 0xF8) | (more ? 1 : 0));
            header[6] = (byte) (identification >>> 8);
            header[7] = (byte) identification;
            extensions.add(new Extension(FRAGMENT_HEADER, header));
        }
        return this;
    }

    /** Options of the IPv4 header, filled up with zeros to words of four bytes. */
    public FrameBuilder ipOptions(byte[] options) {
        ipOptions = toMultiple(options, 4);
        return this;
    }

    /** IPv4 header length in words of four bytes as the header is to state it, true or not. */
    public FrameBuilder ipHeaderWords(int words) {
        ipHeaderWords = words;
        return this;
    }

    /** IPv4 total length or IPv6 payload length as the header is to state it, true or not. */
    public FrameBuilder ipLength(int length) {
        ipLength = length;
        return this;
    }

    /**
     * Adds an IPv6 extension header of the usual form (RFC 6564), as hop-by-hop options (0),
     * routing (43) or destination options (60).
     *
     * @param number its protocol number
     * @param content what follows its two first bytes, filled up to a multiple of eight
     */
    public FrameBuilder extension(int number, byte[] content) {
        byte[] bytes = toMultiple(concat(new byte[2], content), 8);
        bytes[1] = (byte) (bytes.length / 8 - 1);
        extensions.add(new Extension(number, bytes));
        return this;
    }

    /** Adds an authentication header (RFC 4302) with a check value of twelve zeros. */
    public FrameBuilder authenticationHeader() {
        byte[] bytes = new byte[24];
        bytes[1] = (byte) (bytes.length / 4 - 2);
        extensions.add(new Extension(51, bytes));
        return this;
    }

    /** The payload is of this protocol, without a header that this builder knows. */
    public FrameBuilder protocol(int number) {
        protocol = number;
        return this;
    }

    /** A TCP header without flags; see {@link #flags(String)}. */
    public FrameBuilder tcp(int fromPort, int toPort) {
        return ports(TCP, fromPort, toPort);
    }

    public FrameBuilder udp(int fromPort, int toPort) {
        return ports(UDP, fromPort, toPort);
    }

    private FrameBuilder ports(int number, int fromPort, int toPort) {
        protocol = number;
        withTransportHeader = true;
        sourcePort = fromPort;
        destinationPort = toPort;
        return this;
    }

    public FrameBuilder icmp(int type, int code) {
        return icmpHeader(ICMP, type, code);
    }

    public FrameBuilder icmpv6(int type, int code) {
        return icmpHeader(ICMPV6, type, code);
    }

    private FrameBuilder icmpHeader(int number, int type, int code) {
        protocol = number;
        withTransportHeader = true;
        icmpType = type;
        icmpCode = code;
        return this;
    }

    /** Bytes 4 to 7 of the ICMP header, as identifier and sequence number of an echo. */
    public FrameBuilder icmpRest(int value) {
        icmpRest = value;
        return this;
    }

    public FrameBuilder sequence(long number) {
        sequence = number;
        return this;
    }

    public FrameBuilder acknowledgement(long number) {
        acknowledgement = number;
        return this;
    }

    /** TCP flags by letter, any of {@code FSRPAUECN}: FIN to CWR, N is AE. */
    public FrameBuilder flags(String letters) {
        int flags = 0;
        for (int i = 0; i < letters.length(); i++) {
            int bit = FLAG_LETTERS.indexOf(letters.charAt(i));
            if (bit < 0) {
                throw new IllegalArgumentException(
                        "TCP flags '" + letters + "': any of " + FLAG_LETTERS);
            }
            flags |= 1 << bit;
        }
        return flags(flags);
    }

    /** The twelve bits after the data offset. */
    public FrameBuilder flags(int bits) {
        tcpFlags = bits;
        return this;
    }

    public FrameBuilder window(int value) {
        window = value;
        return this;
    }

    /** TCP options, filled up with zeros to words of four bytes. */
    public FrameBuilder tcpOptions(byte[] options) {
        tcpOptions = toMultiple(options, 4);
        return this;
    }

    /** TCP header length in words of four bytes as the header is to state it, true or not. */
    public FrameBuilder dataOffsetWords(int words) {
        dataOffsetWords = words;
        return this;
    }

    /** UDP length as the header is to state it, true or not. */
    public FrameBuilder udpLength(int length) {
        udpLength = length;
        return this;
    }

    /** Checksum of the transport header as it is to state it, true or not. */
    public FrameBuilder checksum(int value) {
        checksum = value;
        return this;
    }

    public FrameBuilder payload(byte[] bytes) {
        payload = bytes.clone();
        return this;
    }

    /** A payload of text, in UTF-8. */
    public FrameBuilder payload(String text) {
        return payload(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A payload of this many bytes, counting up from zero. */
    public FrameBuilder payload(int length) {
        payload = new byte[length];
        for (int i = 0; i < length; i++) {
            payload[i] = (byte) i;
        }
        return this;
    }

    /** Bytes of zero behind the packet, which its IP length does not count. */
    public FrameBuilder padding(int length) {
        padding = length;
        return this;
    }

    /** Padding up to 60 bytes, as a network card adds it. */
    public FrameBuilder padToMinimum() {
        padToMinimum = true;
        return this;
    }

    /** The frame. */
    public byte[] build() {
        byte[] packet = ipVersion == 0 ? payload : ipPacket();
        byte[] frame = concat(ethernet ? linkHeader() : new byte[0], packet, new byte[padding]);
        return padToMinimum && frame.length < MINIMUM_LENGTH
                ? Arrays.copyOf(frame, MINIMUM_LENGTH)
                : frame;
    }

    /** The first bytes of the frame, as a capture with a small snap length holds it. */
    public byte[] buildCut(int length) {
        return Arrays.copyOf(build(), length);
    }

    private byte[] linkHeader() {
        int inner = etherType != AS_COMPUTED ? etherType : ipVersion == 6 ? 0x86DD : 0x0800;
        return firstEtherType == AS_COMPUTED
                ? concat(macs, u16(inner))
                : concat(macs, u16(firstEtherType), vlans.toByteArray(), u16(inner));
    }

    private byte[] ipPacket() {
        byte[] segment = withTransportHeader ? segment() : payload;
        return ipVersion == 4 ? concat(ipv4Header(segment.length), segment) : ipv6Packet(segment);
    }

    private byte[] ipv4Header(int segmentLength) {
        int headerLength = 20 + ipOptions.length;
        int words = ipHeaderWords != AS_COMPUTED ? ipHeaderWords : headerLength / 4;
        int length = ipLength != AS_COMPUTED ? ipLength : headerLength + segmentLength;
        byte[] header =
                concat(
                        new byte[] {(byte) (0x40 | words), 0},
                        u16(length),
                        u16(identification),
                        u16(fragmentBits),
                        new byte[] {(byte) ttl, (byte) protocol},
                        u16(0),
                        source,
                        destination,
                        ipOptions);
        putU16(header, 10, InternetChecksum.of(header));
        return header;
    }

    private byte[] ipv6Packet(byte[] segment) {
        byte[] chain = new byte[0];
        int next = protocol;
        for (int i = extensions.size() - 1; i >= 0; i--) {
            Extension extension = extensions.get(i);
            byte[] bytes = extension.bytes.clone();
            bytes[0] = (byte) next;
            next = extension.number;
            chain = concat(bytes, chain);
        }
        int length = ipLength != AS_COMPUTED ? ipLength : chain.length + segment.length;
        return concat(
                new byte[] {0x60, 0, 0, 0},
                u16(length),
                new byte[] {(byte) next, (byte) ttl},
                source,
                destination,
                chain,
                segment);
    }

    private byte[] segment() {
        byte[] header =
                switch (protocol) {
                    case TCP -> tcpHeader();
                    case UDP -> udpHeader();
                    default ->
                            concat(
                                    new byte[] {(byte) icmpType, (byte) icmpCode, 0, 0},
                                    u32(icmpRest));
                };
        byte[] segment = concat(header, payload);
        int offset = protocol == TCP ? 16 : protocol == UDP ? 6 : 2;
        putU16(segment, offset, checksum != AS_COMPUTED ? checksum : transportChecksum(segment));
        return segment;
    }

    private byte[] tcpHeader() {
        int words = dataOffsetWords != AS_COMPUTED ? dataOffsetWords : 5 + tcpOptions.length / 4;
        return concat(
                u16(sourcePort),
                u16(destinationPort),
                u32(sequence),
                u32(acknowledgement),
                u16(words << 12 | tcpFlags),
                u16(window),
                new byte[4], // checksum, urgent pointer
                tcpOptions);
    }

    private byte[] udpHeader() {
        int length = udpLength != AS_COMPUTED ? udpLength : 8 + payload.length;
        return concat(u16(sourcePort), u16(destinationPort), u16(length), new byte[2]);
    }

    private int transportChecksum(byte[] segment) {
        if (protocol == ICMP) {
            return InternetChecksum.of(segment);
        }
        int sum =
                InternetChecksum.of(
                        concat(source, destination, u32(segment.length), u32(protocol), segment));
        return protocol == UDP && sum == 0 ? 0xFFFF : sum; // RFC 768: zero means none
    }

    private static byte[] address(String text, int version) {
        boolean literal =
                version == 4
                        ? text.matches("[0-9.]+")
                        : text.matches("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
        if (!literal) { // else it would be looked up as a name
            throw new IllegalArgumentException("not an IPv" + version + " address: " + text);
        }
        try {
            byte[] bytes = InetAddress.getByName(text).getAddress();
            if (version == 6 && bytes.length == 4) { // the JDK unwraps IPv4-mapped addresses
                return concat(new byte[10], new byte[] {-1, -1}, bytes);
            }
            return bytes;
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an IPv" + version + " address: " + text, e);
        }
    }

    private static byte[] toMultiple(byte[] bytes, int unit) {
        return Arrays.copyOf(bytes, (bytes.length + unit - 1) / unit * unit);
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static void putU16(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >>> 8);
        bytes[at + 1] = (byte) value;
    }

    private static byte[] u16(int value) {
        return new byte[] {(byte) (value >>> 8), (byte) value};
    }

    private static byte[] u32(long value) {
        return new byte[] {
            (byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value
        };
    }
}
