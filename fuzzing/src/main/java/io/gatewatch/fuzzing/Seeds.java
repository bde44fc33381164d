package io.gatewatch.fuzzing;

import io.gatewatch.capture.batch.BatchSettings;
import io.gatewatch.capture.batch.CaptureCounters;
import io.gatewatch.capture.batch.FlowBatcher;
import io.gatewatch.packet.link.LinkTypes;
import io.gatewatch.testing.CaptureFileBuilder;
import io.gatewatch.testing.EthernetFrames;
import io.gatewatch.testing.FrameBuilder;
import io.gatewatch.testing.Hex;
import io.gatewatch.testing.LinkFrame;
import io.gatewatch.testing.TcpConversation;
import io.gatewatch.testing.TimedFrame;
import io.gatewatch.wire.CaptureInterface;
import io.gatewatch.wire.WirePacket;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Valid inputs for each target: a fuzzer finds its way from there much sooner. */
final class Seeds {
    private static final String CLIENT = "192.0.2.1";
    private static final String SERVER = "198.51.100.2";

    private Seeds() {}

    static List<byte[]> captures() {
        List<TimedFrame> frames = conversation();
        return List.of(
                CaptureFileBuilder.pcap().packets(frames).toByteArray(),
                CaptureFileBuilder.pcap().bigEndian().nanoseconds().packets(frames).toByteArray(),
                CaptureFileBuilder.pcap().packets(frames).toGzip(),
                CaptureFileBuilder.pcapng()
                        .section(ByteOrder.LITTLE_ENDIAN)
                        .interfaceOf(LinkTypes.ETHERNET, "eth0", 9)
                        .packets(frames)
                        .section(ByteOrder.BIG_ENDIAN)
                        .interfaceOf(LinkTypes.ETHERNET)
                        .simplePacket(frames.get(0).bytes(), frames.get(0).bytes().length)
                        .toByteArray());
    }

    static List<byte[]> frames() {
        List<byte[]> seeds = new ArrayList<>();
        for (byte[] frame : plainFrames()) {
            seeds.add(frame(LinkTypes.ETHERNET, frame));
        }
        byte[] packet = FrameBuilder.withoutLink().ipv4(CLIENT, SERVER).udp(40000, 53).build();
        for (LinkFrame link : LinkFrame.all()) {
            seeds.add(frame(link.linkType(), link.around(packet)));
        }
        return seeds;
    }

    private static byte[] frame(int linkType, byte[] frame) {
        ByteBuffer seed = ByteBuffer.allocate(4 + frame.length);
        return seed.putShort((short) linkType).putShort((short) 0).put(frame).array();
    }

    private static List<byte[]> plainFrames() {
        List<byte[]> frames = new ArrayList<>(EthernetFrames.all());
        byte[] inner =
                FrameBuilder.withoutLink()
                        .ipv4("10.0.0.1", "10.0.0.2")
                        .udp(1, 2)
                        .payload(9)
                        .build();
        byte[] innerEthernet =
                FrameBuilder.ethernet().ipv4("10.0.0.1", "10.0.0.2").tcp(1, 2).flags("S").build();
        byte[] inner6 =
                FrameBuilder.withoutLink().ipv6("2001:db8::1", "2001:db8::2").udp(1, 2).build();
        frames.add(tunnel(4, inner));
        frames.add(tunnel(41, inner6));
        frames.add(tunnel(47, Hex.bytes("20 00 08 00 00 00 00 07"), inner));
        frames.add(
                tunnel(
                        47,
                        Hex.bytes("10 00 88 be 00 00 00 01 10 01 00 02 00 00 00 03"),
                        innerEthernet));
        frames.add(
                tunnel(
                        47,
                        Hex.bytes("10 00 22 eb 00 00 00 01 20 01 00 02 00 00 00 03 00 00 00 00"),
                        innerEthernet));
        frames.add(udpTunnel(4789, Hex.bytes("08 00 00 00 00 00 2a 00"), innerEthernet));
        frames.add(
                udpTunnel(6081, Hex.bytes("01 00 65 58 00 00 2a 00 01 02 80 00"), innerEthernet));
        frames.add(udpTunnel(2152, Hex.bytes("30 ff 00 25 00 00 00 07"), inner));
        frames.add(udpTunnel(3544, Hex.bytes("00 00 1f 40 3f 57 fe fe"), inner6));
        return frames;
    }

    private static byte[] tunnel(int protocol, byte[]... parts) {
        return FrameBuilder.ethernet()
                .ipv4(CLIENT, SERVER)
                .protocol(protocol)
                .payload(joined(parts))
                .build();
    }

    private static byte[] udpTunnel(int port, byte[]... parts) {
        return FrameBuilder.ethernet()
                .ipv4(CLIENT, SERVER)
                .udp(40_000, port)
                .payload(joined(parts))
                .build();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }

    /** Frames one behind the other, as {@link BatcherTarget} takes them. */
    static List<byte[]> conversations() {
        List<byte[]> all = new ArrayList<>(plainFrames());
        conversation().forEach(frame -> all.add(frame.bytes()));
        ByteArrayOutputStream seed = new ByteArrayOutputStream();
        for (byte[] frame : all) {
            ByteBuffer head = ByteBuffer.allocate(5).put((byte) 0);
            seed.writeBytes(head.putShort((short) frame.length).putShort((short) 3).array());
            seed.writeBytes(frame);
        }
        return List.of(seed.toByteArray());
    }

    static List<byte[]> batches() {
        List<byte[]> batches = new ArrayList<>();
        FlowBatcher batcher =
                new FlowBatcher(
                        BatchSettings.defaults("site", "gateway", 1),
                        new CaptureCounters(),
                        (topic, partition, bytes, length, packets) -> {
                            if (packets > 0 || batches.isEmpty()) {
                                batches.add(Arrays.copyOf(bytes, length));
                            }
                            return true;
                        });
        batcher.interfaces(List.of(new CaptureInterface("eth0", LinkTypes.ETHERNET)));
        long timeNs = TcpConversation.DEFAULT_START_NS;
        for (byte[] frame : plainFrames()) {
            batcher.frame(0, timeNs, frame, 0, frame.length, frame.length);
        }
        for (TimedFrame frame : conversation()) {
            byte[] bytes = frame.bytes();
            batcher.frame(0, frame.timeNs(), bytes, 0, bytes.length, bytes.length);
        }
        batcher.endOfCapture(true);
        return batches;
    }

    private static List<TimedFrame> conversation() {
        return TcpConversation.between(CLIENT, 40000, SERVER, 443)
                .handshake()
                .clientSends("GET / HTTP/1.1\r\n\r\n")
                .serverSends(3000)
                .clientAcknowledges()
                .repeatLast()
                .close()
                .frames();
    }

    /** Messages as {@link DnsTarget} takes them. */
    static List<byte[]> dnsMessages() {
        byte[] question = Hex.bytes("03 77 77 77 07 65 78 61 6d 70 6c 65 00 00 01 00 01");
        byte[] query = joined(Hex.bytes("12 34 01 00 00 01 00 00 00 00 00 00"), question);
        byte[] response =
                joined(
                        Hex.bytes("12 34 81 80 00 01 00 04 00 00 00 01"),
                        question,
                        Hex.bytes("c0 0c 00 05 00 01 00 00 01 2c 00 04 01 61 c0 10"),
                        Hex.bytes("c0 29 00 01 00 01 00 00 01 2c 00 04 c0 00 02 01"),
                        Hex.bytes("c0 0c 00 10 00 01 00 00 01 2c 00 04 03 61 22 ff"),
                        Hex.bytes("c0 0c 00 41 00 01 00 00 01 2c 00 0d 00 01 00"),
                        Hex.bytes("00 01 00 06 02 68 32 02 68 33"),
                        Hex.bytes("00 00 29 10 00 00 00 00 00 00 00"));
        byte[] framed =
                joined(
                        lengthOf(query),
                        query,
                        lengthOf(response),
                        response,
                        lengthOf(query),
                        query);
        return List.of(
                joined(new byte[] {0}, query),
                joined(new byte[] {0}, response),
                joined(new byte[] {20}, framed),
                joined(new byte[] {(byte) 255}, framed));
    }

    private static byte[] lengthOf(byte[] message) {
        return ByteBuffer.allocate(2).putShort((short) message.length).array();
    }

    /** Segments as {@link SessionTarget} takes them. */
    static List<byte[]> scripts() {
        int synAck = WirePacket.SYN | WirePacket.ACK;
        int finAck = WirePacket.FIN | WirePacket.ACK;
        byte[] whole =
                joined(
                        segment(WirePacket.SYN, 0, 999, 0, 0),
                        segment(synAck, SessionTarget.FROM_B, 4999, 1000, 0),
                        segment(WirePacket.ACK, SessionTarget.ENDS_SLICE, 1000, 5000, 0),
                        segment(WirePacket.ACK, 0, 1000, 5000, 100),
                        segment(WirePacket.ACK, SessionTarget.FROM_B, 5000, 1100, 1400),
                        segment(WirePacket.ACK, SessionTarget.FROM_B, 7800, 1100, 1400),
                        segment(WirePacket.ACK, SessionTarget.FROM_B, 6400, 1100, 1400),
                        segment(WirePacket.ACK, SessionTarget.ENDS_SLICE, 1000, 9200, 100),
                        segment(finAck, 0, 1100, 9200, 0),
                        segment(finAck, SessionTarget.FROM_B, 9200, 1101, 0),
                        segment(WirePacket.ACK, 0, 1101, 9201, 0));
        byte[] reset =
                joined(
                        segment(WirePacket.SYN, 0, -2, 0, 0),
                        segment(WirePacket.RST | WirePacket.ACK, SessionTarget.FROM_B, 0, -1, 0),
                        segment(WirePacket.SYN, SessionTarget.ENDS_SLICE, 77, 0, 0));
        return List.of(whole, reset);
    }

    private static byte[] segment(
            int flags, int choices, int sequence, int acknowledgement, int payloadLength) {
        return ByteBuffer.allocate(SessionTarget.SEGMENT_LENGTH)
                .put((byte) flags)
                .put((byte) choices)
                .putShort((short) 1)
                .putInt(sequence)
                .putInt(acknowledgement)
                .putShort((short) payloadLength)
                .putShort((short) 1024)
                .array();
    }
}
