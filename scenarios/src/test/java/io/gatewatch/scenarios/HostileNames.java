package io.gatewatch.scenarios;

import static io.gatewatch.scenarios.DnsBytes.octets;
import static io.gatewatch.testing.TcpConversation.DEFAULT_START_NS;

import io.gatewatch.testing.FrameBuilder;
import io.gatewatch.testing.TcpConversation;
import io.gatewatch.testing.TimedFrame;
import java.util.ArrayList;
import java.util.List;

/**
 * Names that are meant to break whoever shows or stores them, in questions, as owners, as aliases
 * and as texts; each client visits the address it got. Beside each name stands its escaped form
 * (RFC 1035 section 5.1), written down by hand.
 */
final class HostileNames {
    private static final String CLIENT = "192.0.2.66";
    private static final String RESOLVER = "192.0.2.53";
    private static final String ADDRESSES = "198.51.100.";
    private static final int FIRST_ADDRESS = 100;
    private static final int FIRST_PORT = 41_000;
    static final int WEB_PORT = 80;
    private static final int TTL = 600;
    private static final int TEXT_ID = 0x7e57;
    private static final long MS = 1_000_000L;
    private static final long STEP_NS = 100 * MS;
    private static final String DOT_TEST = ".test";

    /** Longest text of a name that a session may have. */
    private static final int MAX_HOST_LENGTH = 255;

    /** The row's limit of 16,000 characters, of which escapes are not cut: see sql/README.md. */
    private static final String CUT_TEXT =
            ("\\255".repeat(255) + " ").repeat(15) + "\\255".repeat(171);

    /**
     * A name.
     *
     * @param labels each character is a byte
     * @param text as it is to be read
     */
    private record Hostile(List<String> labels, String text) {
        static Hostile label(String label, String text) {
            return new Hostile(List.of(label, "test"), text + DOT_TEST);
        }

        /** 255 bytes in all: three labels of 63 and one of 61. */
        static Hostile longest(String letter, String text) {
            String label = letter.repeat(63);
            return new Hostile(
                    List.of(label, label, label, letter.repeat(61)),
                    (text.repeat(63) + ".").repeat(3) + text.repeat(61));
        }

        byte[] bytes() {
            return DnsBytes.name(labels.stream().map(DnsBytes::octets).toList());
        }

        String host() {
            return text.length() <= MAX_HOST_LENGTH ? text : null;
        }
    }

    private static final List<Hostile> NAMES =
            List.of(
                    Hostile.label("<script>alert(1)</script>", "<script>alert\\(1\\)</script>"),
                    Hostile.label(
                            "'; DROP TABLE sessions; --",
                            "'\\;\\032drop\\032table\\032sessions\\;\\032--"),
                    Hostile.label("\u00c3(\u00ff\u00fe", "\\195\\(\\255\\254"),
                    Hostile.label("m\u00c3\u00bcsli", "m\\195\\188sli"),
                    Hostile.label("a\0b\0", "a\\000b\\000"),
                    Hostile.label("a.b.", "a\\.b\\."),
                    Hostile.label("c:\\dir\\065", "c:\\\\dir\\\\065"),
                    Hostile.label(
                            "\t\r\n\u001b[2J\u007f\b ", "\\009\\013\\010\\027[2j\\127\\008\\032"),
                    Hostile.label("=cmd,\"x\"|'!A1", "=cmd,\\\"x\\\"|'!a1"),
                    Hostile.label("%s%n${jndi:x}@{}", "%s%n\\${jndi:x}\\@{}"),
                    Hostile.longest("n", "n"),
                    Hostile.longest("\u00ff", "\\255"));

    private HostileNames() {}

    static List<TimedFrame> frames() {
        List<TimedFrame> frames = new ArrayList<>();
        for (int i = 0; i < NAMES.size(); i++) {
            long atNs = DEFAULT_START_NS + i * STEP_NS;
            frames.addAll(exchange(i, atNs));
            frames.addAll(
                    TcpConversation.between(CLIENT, FIRST_PORT + i, address(i), WEB_PORT)
                            .at(atNs + 40 * MS)
                            .handshake()
                            .clientSends(10)
                            .close()
                            .frames());
        }
        frames.addAll(
                TcpConversation.between(CLIENT, FIRST_PORT - 1, RESOLVER, 53)
                        .at(DEFAULT_START_NS + NAMES.size() * STEP_NS)
                        .handshake()
                        .clientSends(
                                DnsBytes.framed(
                                        DnsBytes.query(
                                                TEXT_ID, NAMES.get(0).bytes(), DnsBytes.TXT)))
                        .serverSends(DnsBytes.framed(texts()))
                        .close()
                        .frames());
        return frames;
    }

    private static String address(int i) {
        return ADDRESSES + (FIRST_ADDRESS + i);
    }

    /** What the name is an alias of. */
    private static Hostile target(int i) {
        return NAMES.get((i + 1) % NAMES.size());
    }

    private static List<TimedFrame> exchange(int i, long atNs) {
        byte[] asked = NAMES.get(i).bytes();
        byte[] target = target(i).bytes();
        byte[] octets = {(byte) 198, 51, 100, (byte) (FIRST_ADDRESS + i)};
        byte[] response =
                DnsBytes.response(i, asked, DnsBytes.A, 2)
                        .answer(asked, DnsBytes.CNAME, TTL, target)
                        .answer(target, DnsBytes.A, TTL, octets)
                        .toByteArray();
        return List.of(
                new TimedFrame(
                        atNs,
                        FrameBuilder.ethernet()
                                .ipv4(CLIENT, RESOLVER)
                                .udp(FIRST_PORT + i, 53)
                                .payload(DnsBytes.query(i, asked, DnsBytes.A))
                                .build()),
                new TimedFrame(
                        atNs + 20 * MS,
                        FrameBuilder.ethernet(FrameBuilder.GATEWAY_MAC, FrameBuilder.CLIENT_MAC)
                                .ipv4(RESOLVER, CLIENT)
                                .udp(53, FIRST_PORT + i)
                                .payload(response)
                                .build()));
    }

    /** The largest message there is: texts of several strings, the last one fills it up. */
    private static byte[] texts() {
        byte[] owner = NAMES.get(0).bytes();
        DnsBytes response =
                DnsBytes.response(TEXT_ID, owner, DnsBytes.TXT, 3)
                        .answer(
                                owner,
                                DnsBytes.TXT,
                                TTL,
                                DnsBytes.strings(
                                        List.of(
                                                octets("\"; DROP TABLE dns_log; --"),
                                                octets("\0\t\n\\\u00c3("),
                                                octets(""))))
                        .answer(
                                owner,
                                DnsBytes.TXT,
                                TTL,
                                DnsBytes.strings(
                                        List.of(octets("x".repeat(255)), octets("y".repeat(45)))));
        int room = response.room(owner);
        List<byte[]> strings = new ArrayList<>();
        while (room > 0) {
            int length = Math.min(255, room - 1);
            strings.add(octets("\u00ff".repeat(length)));
            room -= length + 1;
        }
        return response.answer(owner, DnsBytes.TXT, TTL, DnsBytes.strings(strings)).toByteArray();
    }

    /** What the log is to have of them: transport, transaction, name, type and data. */
    static List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < NAMES.size(); i++) {
            String asked = NAMES.get(i).text();
            String target = target(i).text();
            rows.add(List.of("udp", "query", asked, "A", ""));
            rows.add(List.of("udp", "response", asked, "CNAME", target));
            rows.add(List.of("udp", "response", target, "A", address(i)));
        }
        String owner = NAMES.get(0).text();
        rows.add(List.of("tcp", "query", owner, "TXT", ""));
        rows.add(
                List.of(
                        "tcp",
                        "response",
                        owner,
                        "TXT",
                        "\"\\\"; DROP TABLE dns_log; --\" \"\\000\\009\\010\\\\\\195(\" \"\""));
        rows.add(List.of("tcp", "response", owner, "TXT", "x".repeat(255) + " " + "y".repeat(45)));
        rows.add(List.of("tcp", "response", owner, "TXT", CUT_TEXT));
        return rows;
    }

    /** Servers and names of the sessions with port 80; without a name there is none. */
    static List<List<String>> hosts() {
        List<List<String>> hosts = new ArrayList<>();
        for (int i = 0; i < NAMES.size(); i++) {
            String host = NAMES.get(i).host();
            hosts.add(List.of(address(i), host == null ? "" : host));
        }
        return hosts;
    }
}
