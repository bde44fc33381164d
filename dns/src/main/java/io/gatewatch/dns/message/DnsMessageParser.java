package io.gatewatch.dns.message;

import io.gatewatch.wire.address.IpAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SVCBBase;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Bytes to {@link DnsMessage}. Survives any bytes: what is wrong anywhere in a message refuses all
 * of it, but for a message that says that it was cut (TC), of which the records before the cut
 * count. Without state.
 */
public final class DnsMessageParser {
    /** A header: what is shorter is no message. */
    public static final int MIN_LENGTH = 12;

    private static final int QR = 0;
    private static final int TC_OFFSET = 2;
    private static final int TC_BIT = 0x02;

    private DnsMessageParser() {}

    /**
     * Reads one message.
     *
     * @throws DnsFormatException if the bytes are none
     */
    public static DnsMessage parse(byte[] bytes, int offset, int length) throws DnsFormatException {
        return message(Arrays.copyOfRange(bytes, offset, offset + length));
    }

    /**
     * Reads what is there of a message whose end is missing.
     *
     * @throws DnsFormatException if not even the header is
     */
    public static DnsMessage parseBeginning(byte[] bytes, int offset, int length)
            throws DnsFormatException {
        byte[] beginning = Arrays.copyOfRange(bytes, offset, offset + length);
        if (length >= MIN_LENGTH) {
            beginning[TC_OFFSET] |= TC_BIT;
        }
        return message(beginning);
    }

    private static DnsMessage message(byte[] bytes) throws DnsFormatException {
        Message message = read(bytes);
        List<Record> asked = message.getSection(Section.QUESTION);
        List<DnsQuestion> questions = new ArrayList<>(asked.size());
        for (Record question : asked) {
            questions.add(
                    new DnsQuestion(text(question.getName()), Type.string(question.getType())));
        }
        List<Record> answered = message.getSection(Section.ANSWER);
        List<DnsRecord> answers = new ArrayList<>(answered.size());
        for (Record answer : answered) {
            answers.add(record(answer));
        }
        return new DnsMessage(
                message.getHeader().getID(),
                message.getHeader().getFlag(QR),
                message.getHeader().getOpcode(),
                message.getRcode(),
                questions,
                answers);
    }

    private static Message read(byte[] bytes) throws DnsFormatException {
        try {
            return new Message(bytes);
        } catch (IOException | RuntimeException e) {
            throw new DnsFormatException(
                    e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        }
    }

    private static DnsRecord record(Record record) throws DnsFormatException {
        try {
            return new DnsRecord(
                    text(record.getName()),
                    Type.string(record.getType()),
                    record.getTTL() > Integer.MAX_VALUE ? 0 : record.getTTL(),
                    rdata(record),
                    target(record),
                    addresses(record));
        } catch (RuntimeException e) {
            throw new DnsFormatException(Type.string(record.getType()) + ": " + e.getMessage());
        }
    }

    private static String rdata(Record record) {
        if (record instanceof ARecord || record instanceof AAAARecord) {
            return addresses(record).get(0).toString();
        }
        String target = target(record);
        return target != null ? target : plain(record.rdataToString());
    }

    /**
     * The library's text with everything that is not plain escaped: it hands out the free text of
     * EDNS options (RFC 8914) as it is, line ends and terminal controls included.
     */
    private static String plain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isPlain(text.charAt(i))) {
                return escaped(text);
            }
        }
        return text;
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xFF);
            if (isPlain(c)) {
                escaped.append(c);
            } else {
                escaped.append('\\').append(Integer.toString(1000 + c).substring(1));
            }
        }
        return escaped.toString();
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c <= '~';
    }

    private static String target(Record record) {
        if (record instanceof CNAMERecord alias) {
            return text(alias.getTarget());
        }
        return record instanceof PTRRecord pointer ? text(pointer.getTarget()) : null;
    }

    /** From the bytes: Java's own addresses turn a mapped IPv6 address into an IPv4 one. */
    private static List<IpAddress> addresses(Record record) {
        if (record instanceof ARecord || record instanceof AAAARecord) {
            return List.of(IpAddress.ofBytes(record.rdataToWireCanonical()));
        }
        if (record instanceof SVCBBase service) {
            List<IpAddress> hints = new ArrayList<>();
            addHints(service, SVCBBase.IPV4HINT, IpAddress.IPV4_LENGTH, hints);
            addHints(service, SVCBBase.IPV6HINT, IpAddress.IPV6_LENGTH, hints);
            return hints;
        }
        return List.of();
    }

    private static void addHints(SVCBBase service, int key, int length, List<IpAddress> to) {
        SVCBBase.ParameterBase parameter = service.getSvcParamValue(key);
        if (parameter == null) {
            return;
        }
        byte[] bytes = parameter.toWire();
        for (int at = 0; at + length <= bytes.length; at += length) {
            to.add(IpAddress.ofBytes(Arrays.copyOfRange(bytes, at, at + length)));
        }
    }

    private static String text(Name name) {
        String text = name.toString(true);
        return text.isEmpty() ? "." : text.toLowerCase(Locale.ROOT);
    }
}
