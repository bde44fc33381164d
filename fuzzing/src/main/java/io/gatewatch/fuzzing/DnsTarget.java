package io.gatewatch.fuzzing;

import io.gatewatch.dns.message.DnsFormatException;
import io.gatewatch.dns.message.DnsMessage;
import io.gatewatch.dns.message.DnsMessageParser;
import io.gatewatch.dns.message.DnsQuestion;
import io.gatewatch.dns.message.DnsRecord;
import io.gatewatch.dns.names.NameFact;
import io.gatewatch.dns.names.NameFacts;
import io.gatewatch.dns.stream.DnsStream;
import io.gatewatch.wire.address.IpAddress;

/**
 * Reads DNS messages and takes what they say of names. The first byte says how the rest travels: 0
 * in one datagram, another number in TCP segments of so many bytes, each repeated with its last
 * byte missing and every third one ahead of its turn.
 */
public final class DnsTarget {
    private static final IpAddress CLIENT = IpAddress.parse("192.0.2.1");
    private static final int FIRST_SEQUENCE = -100;
    private static final int LAST_ASCII = 0x7E;

    private DnsTarget() {}

    /** The fuzzer's entry point. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        int size = input[0] & 0xFF;
        if (size == 0) {
            read(input, 1, input.length - 1);
        } else {
            stream(input, size);
        }
    }

    private static void stream(byte[] input, int size) {
        DnsStream stream = new DnsStream();
        int segments = (input.length - 1 + size - 1) / size;
        for (int i = 0; i < segments; i++) {
            // 0 2 1 3 5 4 and so on: the second and third of each three change places.
            int place = i % 3 == 1 && i + 1 < segments ? i + 1 : i % 3 == 2 ? i - 1 : i;
            int at = 1 + place * size;
            int length = Math.min(size, input.length - at);
            segment(stream, input, at, length);
            segment(stream, input, at, length - 1);
        }
    }

    private static void segment(DnsStream stream, byte[] input, int at, int length) {
        long lostBefore = stream.lostBytes();
        stream.segment(FIRST_SEQUENCE + at, false, input, at, length, length, DnsTarget::message);
        Expect.that(stream.lostBytes() >= lostBefore, "lost bytes stay lost");
    }

    private static void message(byte[] bytes, int offset, int length) {
        Expect.inside(bytes, offset, length, "message");
        Expect.that(length >= DnsMessageParser.MIN_LENGTH, "a message has a header");
        read(bytes, offset, length);
    }

    private static void read(byte[] bytes, int offset, int length) {
        try {
            check(DnsMessageParser.parse(bytes, offset, length));
        } catch (DnsFormatException e) {
            readBeginning(bytes, offset, length);
        }
    }

    private static void readBeginning(byte[] bytes, int offset, int length) {
        try {
            check(DnsMessageParser.parseBeginning(bytes, offset, length));
        } catch (DnsFormatException e) {
            Expect.that(e.getMessage() != null, "a refusal has a reason");
        }
    }

    private static void check(DnsMessage message) {
        for (DnsQuestion question : message.questions()) {
            checkText(question.name());
        }
        for (DnsRecord record : message.answers()) {
            checkText(record.name());
            Expect.that(record.rdata() != null, "a record has data");
            Expect.that(
                    record.ttl() >= 0 && record.ttl() <= Integer.MAX_VALUE, "a TTL has 31 bits");
        }
        NameFacts.of(message, "site", CLIENT, message.id() == 0, 1, DnsTarget::check);
    }

    private static void check(NameFact fact) {
        checkText(fact.name());
        Expect.that(fact.name().length() <= NameFact.MAX_NAME_LENGTH, "host names are short");
    }

    private static void checkText(String name) {
        Expect.that(!name.isEmpty(), "names are not empty");
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            Expect.that(c > ' ' && c <= LAST_ASCII, "names are plain text");
        }
    }
}
