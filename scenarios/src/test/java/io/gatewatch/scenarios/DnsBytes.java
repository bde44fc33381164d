package io.gatewatch.scenarios;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A DNS message of any bytes, in the order of its wire form (RFC 1035 section 4.1). */
final class DnsBytes {
    static final int A = 1;
    static final int CNAME = 5;
    static final int TXT = 16;

    private static final int QUERY = 0x0100;
    private static final int RESPONSE = 0x8180;
    private static final int INTERNET = 1;
    private static final int LARGEST = 65_535;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    private interface Writing {
        void run() throws IOException;
    }

    private DnsBytes write(Writing writing) {
        try {
            writing.run();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DnsBytes header(int id, int flags, int answers) {
        return write(
                () -> {
                    out.writeShort(id);
                    out.writeShort(flags);
                    out.writeShort(1);
                    out.writeShort(answers);
                    out.writeInt(0);
                });
    }

    /** A query with one question. */
    static byte[] query(int id, byte[] name, int type) {
        return new DnsBytes().header(id, QUERY, 0).question(name, type).bytes.toByteArray();
    }

    /** The beginning of a response. */
    static DnsBytes response(int id, byte[] name, int type, int answers) {
        return new DnsBytes().header(id, RESPONSE, answers).question(name, type);
    }

    private DnsBytes question(byte[] name, int type) {
        return write(
                () -> {
                    out.write(name);
                    out.writeShort(type);
                    out.writeShort(INTERNET);
                });
    }

    /** One more record of the answer section. */
    DnsBytes answer(byte[] owner, int type, int ttl, byte[] rdata) {
        return question(owner, type)
                .write(
                        () -> {
                            out.writeInt(ttl);
                            out.writeShort(rdata.length);
                            out.write(rdata);
                        });
    }

    /** Bytes of record data that a last answer of this owner may have. */
    int room(byte[] owner) {
        return LARGEST - out.size() - owner.length - 10;
    }

    byte[] toByteArray() {
        return bytes.toByteArray();
    }

    /** A message as a TCP stream has it: behind its length. */
    static byte[] framed(byte[] message) {
        DnsBytes framed = new DnsBytes();
        framed.write(
                () -> {
                    framed.out.writeShort(message.length);
                    framed.out.write(message);
                });
        return framed.toByteArray();
    }

    /** Strings, each behind its length: what a text record holds. */
    static byte[] strings(List<byte[]> strings) {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        for (byte[] string : strings) {
            written.write(string.length);
            written.writeBytes(string);
        }
        return written.toByteArray();
    }

    /** A name out of its labels. */
    static byte[] name(List<byte[]> labels) {
        ByteArrayOutputStream name = new ByteArrayOutputStream();
        name.writeBytes(strings(labels));
        name.write(0);
        return name.toByteArray();
    }

    /** Each character is a byte. */
    static byte[] octets(String latin1) {
        return latin1.getBytes(StandardCharsets.ISO_8859_1);
    }
}
