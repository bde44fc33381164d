package io.gatewatch.dns.log;

import io.gatewatch.traffic.flow.TimeOrderedId;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * One row of the table {@code dns_log}: a question of a query, an answer record of a response, or a
 * response without answers. Field names are the columns'. Addresses are 4 or 16 bytes in network
 * order.
 */
public final class DnsLogRow {
    /**
     * Longest {@link #rdata}, in characters of ASCII: a record may have 64 KiB, and a row need not.
     */
    public static final int MAX_RDATA_LENGTH = 16_000;

    public static final int NO_VALUE = -1;
    public static final long NO_MAC = -1;

    private static final int VERSION = 1;
    private static final int NO_TEXT = -1;

    /** 16 bytes, see {@link TimeOrderedId}. */
    public byte[] dnsId;

    public String site;
    public String gateway;

    /** When the message was captured whole, nanoseconds since 1970-01-01 UTC. */
    public long timeNs;

    /** Of who asked: 48 bits, or {@link #NO_MAC}. */
    public long clientMac = NO_MAC;

    /** Who asked, in responses too. */
    public byte[] clientIp;

    public byte[] serverIp;
    public DnsTransport transport;
    public int transactionId;
    public boolean response;

    /** Of the question or the record, as in {@code DnsMessage}; empty if there is neither. */
    public String name;

    /** Mnemonic; empty if there is neither question nor record. */
    public String type;

    /** {@link #NO_VALUE} in queries. */
    public int rcode = NO_VALUE;

    /** Presentation format; null in queries and without a record. */
    public String rdata;

    /** Seconds, or {@link #NO_VALUE} in queries and without a record. */
    public long ttl = NO_VALUE;

    /** {@code query} or {@code response}. */
    public String transaction() {
        return response ? "response" : "query";
    }

    /** Writes version 1; {@link #read} reads it. */
    public void write(DataOutput out) throws IOException {
        out.writeByte(VERSION);
        out.write(dnsId);
        out.writeUTF(site);
        out.writeUTF(gateway);
        out.writeLong(timeNs);
        out.writeLong(clientMac);
        out.writeByte(clientIp.length);
        out.write(clientIp);
        out.write(serverIp);
        out.writeByte(transport.ordinal());
        out.writeShort(transactionId);
        out.writeBoolean(response);
        writeText(out, name);
        writeText(out, type);
        out.writeInt(rcode);
        writeText(out, rdata);
        out.writeLong(ttl);
    }

    /** Names and record data are ASCII. */
    private static void writeText(DataOutput out, String text) throws IOException {
        if (text == null) {
            out.writeInt(NO_TEXT);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if it is of a version that this program does not know
     */
    public static DnsLogRow read(DataInput in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException(
                    "DNS log row of version "
                            + version
                            + ": this program reads version "
                            + VERSION);
        }
        DnsLogRow row = new DnsLogRow();
        row.dnsId = readBytes(in, TimeOrderedId.LENGTH);
        row.site = in.readUTF();
        row.gateway = in.readUTF();
        row.timeNs = in.readLong();
        row.clientMac = in.readLong();
        int addressLength = in.readUnsignedByte();
        row.clientIp = readBytes(in, addressLength);
        row.serverIp = readBytes(in, addressLength);
        row.transport = DnsTransport.VALUES[in.readUnsignedByte()];
        row.transactionId = in.readUnsignedShort();
        row.response = in.readBoolean();
        row.name = readText(in);
        row.type = readText(in);
        row.rcode = in.readInt();
        row.rdata = readText(in);
        row.ttl = in.readLong();
        return row;
    }

    private static String readText(DataInput in) throws IOException {
        int length = in.readInt();
        return length == NO_TEXT ? null : new String(readBytes(in, length), StandardCharsets.UTF_8);
    }

    private static byte[] readBytes(DataInput in, int length) throws IOException {
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }
}
