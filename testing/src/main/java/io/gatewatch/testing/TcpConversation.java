package io.gatewatch.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A scripted TCP exchange of two hosts, as a gateway between them captures it: each call appends
 * what it says, with right sequence and acknowledgement numbers, one step of time after the frame
 * before.
 *
 * <pre>{@code
 * List<TimedFrame> frames = TcpConversation.between("192.0.2.1", 40000, "198.51.100.2", 80)
 *         .handshake()
 *         .clientSends("GET / HTTP/1.1\r\n\r\n")
 *         .serverSends(5000).clientAcknowledges()
 *         .close()
 *         .frames();
 * }</pre>
 */
public final class TcpConversation {
    public static final long DEFAULT_START_NS = 1_767_225_600_000_000_000L; // 2026-01-01T00:00:00Z

    private static final byte[] SYN_OPTIONS = Hex.bytes("02 04 05b4 # MSS 1460");
    private static final int SEGMENT_LENGTH = 1460;

    private final List<TimedFrame> frames = new ArrayList<>();
    private final Side client;
    private final Side server;
    private long timeNs = DEFAULT_START_NS;
    private long stepNs = 1_000_000;
    private boolean captured = true;
    private int vlan = -1;

    private static final class Side {
        final String mac;
        final String address;
        final int port;
        long next;

        Side(String mac, String address, int port, long next) {
            this.mac = mac;
            this.address = address;
            this.port = port;
            this.next = next;
        }

        void advance(long length) {
            next = (next + length) & 0xFFFF_FFFFL;
        }
    }

    private TcpConversation(Side client, Side server) {
        this.client = client;
        this.server = server;
    }

    /** An exchange that has not begun; addresses of one IP version. */
    public static TcpConversation between(
            String clientAddress, int clientPort, String serverAddress, int serverPort) {
        return new TcpConversation(
                new Side(FrameBuilder.CLIENT_MAC, clientAddress, clientPort, 1_000),
                new Side(FrameBuilder.GATEWAY_MAC, serverAddress, serverPort, 500_000));
    }

    /** Initial sequence numbers; near 2^32 they wrap. */
    public TcpConversation sequenceNumbers(long ofClient, long ofServer) {
        client.next = ofClient;
        server.next = ofServer;
        return this;
    }

    /** Time of the next frame. */
    public TcpConversation at(long nextTimeNs) {
        timeNs = nextTimeNs;
        return this;
    }

    /** Time between frames, a millisecond unless said. */
    public TcpConversation step(long nanoseconds) {
        stepNs = nanoseconds;
        return this;
    }

    /** Lets time pass before the next frame; a negative pause makes time go backward. */
    public TcpConversation pause(long nanoseconds) {
        timeNs += nanoseconds;
        return this;
    }

    /** All frames carry this VLAN tag from now on. */
    public TcpConversation vlan(int tagControl) {
        vlan = tagControl;
        return this;
    }

    /** SYN, SYN+ACK, ACK. */
    public TcpConversation handshake() {
        return clientSyn().serverSynAck().clientAcknowledges();
    }

    public TcpConversation clientSyn() {
        return syn(client, server, "S");
    }

    public TcpConversation serverSynAck() {
        return syn(server, client, "SA");
    }

    private TcpConversation syn(Side from, Side to, String flags) {
        FrameBuilder frame = header(from, to, flags).tcpOptions(SYN_OPTIONS);
        if (flags.equals("S")) {
            frame.acknowledgement(0);
        }
        from.advance(1);
        return append(frame.build());
    }

    /** Text from the client, in one segment or more. */
    public TcpConversation clientSends(String text) {
        return send(client, server, text.getBytes(StandardCharsets.UTF_8));
    }

    public TcpConversation clientSends(byte[] payload) {
        return send(client, server, payload);
    }

    /** Bytes of zero from the client, this many. */
    public TcpConversation clientSends(int length) {
        return send(client, server, new byte[length]);
    }

    /** Text from the server, in one segment or more. */
    public TcpConversation serverSends(String text) {
        return send(server, client, text.getBytes(StandardCharsets.UTF_8));
    }

    public TcpConversation serverSends(byte[] payload) {
        return send(server, client, payload);
    }

    /** Bytes of zero from the server, this many. */
    public TcpConversation serverSends(int length) {
        return send(server, client, new byte[length]);
    }

    private TcpConversation send(Side from, Side to, byte[] payload) {
        for (int at = 0; at < payload.length; at += SEGMENT_LENGTH) {
            int end = Math.min(payload.length, at + SEGMENT_LENGTH);
            byte[] segment = Arrays.copyOfRange(payload, at, end);
            String flags = end == payload.length ? "PA" : "A";
            byte[] frame = header(from, to, flags).payload(segment).build();
            from.advance(segment.length);
            append(frame);
        }
        return this;
    }

    public TcpConversation clientAcknowledges() {
        return append(header(client, server, "A").build());
    }

    public TcpConversation serverAcknowledges() {
        return append(header(server, client, "A").build());
    }

    /** FIN of the client. */
    public TcpConversation clientCloses() {
        return fin(client, server);
    }

    /** FIN of the server. */
    public TcpConversation serverCloses() {
        return fin(server, client);
    }

    private TcpConversation fin(Side from, Side to) {
        byte[] frame = header(from, to, "FA").build();
        from.advance(1);
        return append(frame);
    }

    /** Both close, the client first, all acknowledged. */
    public TcpConversation close() {
        return clientCloses().serverCloses().clientAcknowledges();
    }

    /** RST of the client. */
    public TcpConversation clientResets() {
        return append(header(client, server, "R").acknowledgement(0).build());
    }

    /** RST of the server. */
    public TcpConversation serverResets() {
        return append(header(server, client, "RA").build());
    }

    /** Whether what follows is captured: what is not still moves the numbers and the time. */
    public TcpConversation captured(boolean isCaptured) {
        captured = isCaptured;
        return this;
    }

    /** The last captured frame once more: a retransmission. */
    public TcpConversation repeatLast() {
        return repeat(frames.size() - 1);
    }

    /** A captured frame once more, by its place from 0. */
    public TcpConversation repeat(int index) {
        return append(frames.get(index).bytes());
    }

    /** The last two frames arrive in the other order, at the same times. */
    public TcpConversation swapLastTwo() {
        TimedFrame last = frames.remove(frames.size() - 1);
        TimedFrame before = frames.remove(frames.size() - 1);
        frames.add(new TimedFrame(before.timeNs(), last.bytes()));
        frames.add(new TimedFrame(last.timeNs(), before.bytes()));
        return this;
    }

    private FrameBuilder header(Side from, Side to, String flags) {
        FrameBuilder frame = FrameBuilder.ethernet(from.mac, to.mac);
        if (vlan >= 0) {
            frame.vlan(vlan);
        }
        return frame.ip(from.address, to.address)
                .tcp(from.port, to.port)
                .flags(flags)
                .sequence(from.next)
                .acknowledgement(to.next);
    }

    private TcpConversation append(byte[] frame) {
        if (captured) {
            frames.add(new TimedFrame(timeNs, frame));
        }
        timeNs += stepNs;
        return this;
    }

    /** What was captured, in order. */
    public List<TimedFrame> frames() {
        return List.copyOf(frames);
    }
}
