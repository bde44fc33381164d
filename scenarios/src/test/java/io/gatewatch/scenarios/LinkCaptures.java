package io.gatewatch.scenarios;

import static io.gatewatch.testing.TcpConversation.DEFAULT_START_NS;

import io.gatewatch.testing.CaptureFileBuilder;
import io.gatewatch.testing.Hex;
import io.gatewatch.testing.LinkFrame;
import io.gatewatch.testing.PcapngFileBuilder;
import io.gatewatch.testing.TimedFrame;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The scenarios of link types and of headers before IP. */
final class LinkCaptures {
    private LinkCaptures() {}

    static List<CaseCaptures.Case> all() {
        return List.of(
                CaseCaptures.pcap(
                        "link-headers",
                        "On Ethernet, one connection behind each header that is looked through: LLC and SNAP,"
                                + " tags of switches, PPPoE, MPLS, pseudowires; and frames that are ignored. Headers are the same in both directions, MAC addresses too.",
                        linkHeaders()),
                new CaseCaptures.Case(
                        "link-types",
                        "One interface for each link type that can be captured, a connection on each. Headers are the same in"
                                + " both directions, MAC addresses too.",
                        linkTypes()),
                new CaseCaptures.Case(
                        "linux-cooked",
                        "The device \"any\" of Linux: of the addresses only the sender's is known.",
                        CaptureFileBuilder.pcap().linkType(276).packets(linuxCooked())));
    }

    private static List<TimedFrame> linkHeaders() {
        List<TimedFrame> frames = new ArrayList<>();
        int port = 40_100;
        for (LinkFrame link : LinkFrame.all()) {
            if (link.linkType() == 1) {
                frames.addAll(behind(link, port++));
            }
        }
        String[] ignored = {
            "ff ff ff ff ff ff 02 00 00 00 00 01 08 06 00 01 08 00 06 04 00 01 # ARP",
            "01 80 c2 00 00 00 02 00 00 00 00 01 00 04 42 42 03 00 # spanning tree",
            "ff ff ff ff ff ff 02 00 00 00 00 01 88 63 11 09 00 00 00 04 01 01 00 00 # PADI",
            "02 00 00 00 00 fe 02 00 00 00 00 01 88 64 11 00 00 01 00 06 c0 21 09 01 00 04 # LCP",
            "02 00 00 00 00 fe 02 00 00 00 00 01 88 e5 2c 00 00 00 00 01 # MACsec"
        };
        for (String hex : ignored) {
            frames.add(
                    new TimedFrame(DEFAULT_START_NS + frames.size() * 1_000_000L, Hex.bytes(hex)));
        }
        frames.sort(Comparator.comparingLong(TimedFrame::timeNs));
        return frames;
    }

    private static CaptureFileBuilder linkTypes() {
        PcapngFileBuilder file = CaptureFileBuilder.pcapng().section(ByteOrder.LITTLE_ENDIAN);
        int index = 0;
        for (LinkFrame link : LinkFrame.all()) {
            file.interfaceOf(link.linkType(), "link" + index, 9);
            for (TimedFrame frame : behind(link, 40_200 + index)) {
                file.packet(index, frame.timeNs(), frame.bytes());
            }
            index++;
        }
        return file;
    }

    private static List<TimedFrame> linuxCooked() {
        List<TimedFrame> frames = new ArrayList<>();
        for (TimedFrame frame : CaseCaptures.tcpClose()) {
            byte[] header =
                    Hex.bytes("08 00 00 00  00 00 00 03  00 01 04 06  00 00 00 00 00 00 00 00");
            System.arraycopy(frame.bytes(), 6, header, 12, 6); // the sender's address
            frames.add(new TimedFrame(frame.timeNs(), joined(header, packet(frame))));
        }
        return frames;
    }

    /** A connection whose frames have these headers in place of Ethernet's. */
    private static List<TimedFrame> behind(LinkFrame link, int port) {
        return CaseCaptures.web(port)
                .handshake()
                .clientSends(50)
                .serverSends(100)
                .close()
                .frames()
                .stream()
                .map(frame -> new TimedFrame(frame.timeNs(), link.around(packet(frame))))
                .toList();
    }

    /** What an Ethernet frame carries. */
    private static byte[] packet(TimedFrame frame) {
        return Arrays.copyOfRange(frame.bytes(), 14, frame.bytes().length);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
