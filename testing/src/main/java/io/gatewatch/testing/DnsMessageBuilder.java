package io.gatewatch.testing;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;

/**
 * Puts a DNS message together (RFC 1035 section 4), names uncompressed.
 *
 * <pre>{@code
 * byte[] answer = DnsMessageBuilder.response(7).question("www.example", DnsMessageBuilder.A)
 *         .alias("www.example", "edge.example", 60)
 *         .address("edge.example", "192.0.2.1", 60)
 *         .build();
 * }</pre>
 */
public final class DnsMessageBuilder {
    public static final int A = 1;
    public static final int CNAME = 5;
    public static final int PTR = 12;
    public static final int AAAA = 28;

    private static final int RESPONSE_FLAGS = 0x8180;
    private static final int QUERY_FLAGS = 0x0100;
    private static final int INTERNET = 1;

    private final int id;
    private final int flags;
    private final ByteArrayOutputStream questions = new ByteArrayOutputStream();
    private final ByteArrayOutputStream answers = new ByteArrayOutputStream();
    private int questionCount;
    private int answerCount;

    private DnsMessageBuilder(int id, int flags) {
        this.id = id;
        this.flags = flags;
    }

    public static DnsMessageBuilder query(int id) {
        return new DnsMessageBuilder(id, QUERY_FLAGS);
    }

    public static DnsMessageBuilder response(int id) {
        return new DnsMessageBuilder(id, RESPONSE_FLAGS);
    }

    public DnsMessageBuilder question(String name, int type) {
        putName(questions, name);
        putU16(questions, type);
        putU16(questions, INTERNET);
        questionCount++;
        return this;
    }

    /** A or AAAA. */
    public DnsMessageBuilder address(String name, String address, int ttlSeconds) {
        try {
            byte[] octets = InetAddress.getByName(address).getAddress();
            return answer(name, octets.length == 4 ? A : AAAA, ttlSeconds, octets);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(address, e);
        }
    }

    public DnsMessageBuilder alias(String name, String target, int ttlSeconds) {
        return answer(name, CNAME, ttlSeconds, name(target));
    }

    public DnsMessageBuilder pointer(String name, String target, int ttlSeconds) {
        return answer(name, PTR, ttlSeconds, name(target));
    }

    public DnsMessageBuilder answer(String name, int type, int ttlSeconds, byte[] rdata) {
        putName(answers, name);
        putU16(answers, type);
        putU16(answers, INTERNET);
        putU16(answers, ttlSeconds >>> 16);
        putU16(answers, ttlSeconds);
        putU16(answers, rdata.length);
        answers.writeBytes(rdata);
        answerCount++;
        return this;
    }

    public byte[] build() {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        putU16(message, id);
        putU16(message, flags);
        putU16(message, questionCount);
        putU16(message, answerCount);
        putU16(message, 0);
        putU16(message, 0);
        message.writeBytes(questions.toByteArray());
        message.writeBytes(answers.toByteArray());
        return message.toByteArray();
    }

    /** As it travels over TCP: two bytes of length before it (RFC 1035 section 4.2.2). */
    public byte[] buildForTcp() {
        byte[] message = build();
        ByteArrayOutputStream framed = new ByteArrayOutputStream();
        putU16(framed, message.length);
        framed.writeBytes(message);
        return framed.toByteArray();
    }

    private static byte[] name(String name) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        putName(bytes, name);
        return bytes.toByteArray();
    }

    private static void putName(ByteArrayOutputStream out, String name) {
        for (String label : name.split("\\.", -1)) {
            byte[] bytes = label.getBytes(StandardCharsets.US_ASCII);
            out.write(bytes.length);
            out.writeBytes(bytes);
        }
        out.write(0);
    }

    private static void putU16(ByteArrayOutputStream out, int value) {
        out.write(value >>> 8);
        out.write(value);
    }
}
