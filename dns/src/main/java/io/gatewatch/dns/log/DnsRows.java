package io.gatewatch.dns.log;

import io.gatewatch.dns.message.DnsMessage;
import io.gatewatch.dns.message.DnsQuestion;
import io.gatewatch.dns.message.DnsRecord;
import io.gatewatch.traffic.flow.FlowKey;
import io.gatewatch.traffic.flow.TimeOrderedId;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Rows of the log out of a message: one for each question of a query or answer of a response. */
final class DnsRows {
    private static final int QUESTION = 0;
    private static final int ANSWER = 1;

    private final TimeOrderedId ids = new TimeOrderedId();

    /** What tells the message from others: flow, time and a hash of its bytes. */
    private ByteBuffer identity = ByteBuffer.allocate(1024);

    private FlowKey key;
    private DnsOrigin origin;
    private DnsTransport transport;
    private boolean clientIsB;

    /** Takes what all rows of the next message have in common. */
    void begin(
            FlowKey flowKey,
            DnsOrigin messageOrigin,
            DnsTransport messageTransport,
            boolean askedByB,
            byte[] bytes,
            int offset,
            int length) {
        key = flowKey;
        origin = messageOrigin;
        transport = messageTransport;
        clientIsB = askedByB;
        int room =
                key.identityLength() + Long.BYTES + TimeOrderedId.HASH_LENGTH + 2 * Integer.BYTES;
        if (identity.capacity() < room) {
            identity = ByteBuffer.allocate(room);
        }
        identity.clear();
        key.putIdentity(identity);
        identity.putLong(origin.timeNs());
        // Once for all rows of the message, which may be thousands.
        identity.put(ids.hash(bytes, offset, length));
    }

    void tell(DnsMessage message, Consumer<DnsLogRow> out) {
        if (!message.response()) {
            questions(message, out);
        } else if (message.answers().isEmpty()) {
            out.accept(withoutAnswer(message));
        } else {
            answers(message, out);
        }
    }

    private void questions(DnsMessage message, Consumer<DnsLogRow> out) {
        int index = 0;
        for (DnsQuestion question : message.questions()) {
            DnsLogRow row = row(message, QUESTION, index++);
            row.name = question.name();
            row.type = question.type();
            out.accept(row);
        }
    }

    private void answers(DnsMessage message, Consumer<DnsLogRow> out) {
        int index = 0;
        for (DnsRecord record : message.answers()) {
            DnsLogRow row = row(message, ANSWER, index++);
            row.name = record.name();
            row.type = record.type();
            row.rdata = limited(record.rdata());
            row.ttl = record.ttl();
            row.rcode = message.rcode();
            out.accept(row);
        }
    }

    private DnsLogRow withoutAnswer(DnsMessage message) {
        DnsLogRow row = row(message, QUESTION, 0);
        boolean asked = !message.questions().isEmpty();
        row.name = asked ? message.questions().get(0).name() : "";
        row.type = asked ? message.questions().get(0).type() : "";
        row.rcode = message.rcode();
        return row;
    }

    /** Never cut inside an escape. */
    private static String limited(String rdata) {
        if (rdata.length() <= DnsLogRow.MAX_RDATA_LENGTH) {
            return rdata;
        }
        int end = 0;
        int next = 0;
        while (next <= DnsLogRow.MAX_RDATA_LENGTH) {
            end = next;
            next += escapeLength(rdata, next);
        }
        return rdata.substring(0, end);
    }

    /** Of what stands for one byte: {@code a}, {@code \;} or {@code \255}. */
    private static int escapeLength(String rdata, int at) {
        if (rdata.charAt(at) != '\\' || at + 1 == rdata.length()) {
            return 1;
        }
        return Character.isDigit(rdata.charAt(at + 1)) ? 4 : 2;
    }

    private DnsLogRow row(DnsMessage message, int section, int index) {
        DnsLogRow row = new DnsLogRow();
        row.dnsId = id(section, index);
        row.site = key.site();
        row.gateway = origin.gateway();
        row.timeNs = origin.timeNs();
        row.clientMac = origin.fromB() == clientIsB ? origin.sourceMac() : origin.destinationMac();
        row.clientIp = key.address(clientIsB);
        row.serverIp = key.address(!clientIsB);
        row.transport = transport;
        row.transactionId = message.id();
        row.response = message.response();
        return row;
    }

    private byte[] id(int section, int index) {
        int end = identity.position();
        identity.putInt(section).putInt(index).flip();
        byte[] id = ids.of(origin.timeNs(), identity);
        identity.clear().position(end);
        return id;
    }
}
