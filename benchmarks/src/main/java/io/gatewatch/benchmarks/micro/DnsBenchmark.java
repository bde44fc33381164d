package io.gatewatch.benchmarks.micro;

import io.gatewatch.dns.message.DnsFormatException;
import io.gatewatch.dns.message.DnsMessage;
import io.gatewatch.dns.message.DnsMessageParser;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** One DNS message. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class DnsBenchmark {
    private static final int TTL = 300;

    /** Messages by what answers them. */
    public enum Kind {
        QUERY,
        ANSWER,
        ALIASES,
        MANY_ADDRESSES,
        DAMAGED
    }

    @Param public Kind kind;

    private byte[] bytes;

    @Setup
    public void build() throws Exception {
        Name asked = Name.fromString("www.example.com.");
        Message message = Message.newQuery(Record.newRecord(asked, Type.A, DClass.IN));
        message.getHeader().setID(1);
        if (kind != Kind.QUERY) {
            message.getHeader().setFlag(Flags.QR);
        }
        Name name = asked;
        if (kind == Kind.ALIASES) {
            for (int i = 0; i < 4; i++) {
                Name target = Name.fromString("edge" + i + ".cdn.example.net.");
                message.addRecord(new CNAMERecord(name, DClass.IN, TTL, target), Section.ANSWER);
                name = target;
            }
        }
        int addresses = kind == Kind.QUERY ? 0 : kind == Kind.MANY_ADDRESSES ? 16 : 1;
        for (int i = 0; i < addresses; i++) {
            byte[] address = {(byte) 198, 51, 100, (byte) i};
            message.addRecord(
                    new ARecord(name, DClass.IN, TTL, java.net.InetAddress.getByAddress(address)),
                    Section.ANSWER);
        }
        byte[] whole = message.toWire();
        bytes = kind == Kind.DAMAGED ? java.util.Arrays.copyOf(whole, whole.length - 3) : whole;
    }

    @Benchmark
    public Object parse() {
        try {
            DnsMessage message = DnsMessageParser.parse(bytes, 0, bytes.length);
            return message;
        } catch (DnsFormatException e) {
            return e;
        }
    }
}
