package io.gatewatch.benchmarks.micro;

import io.gatewatch.dns.names.NameFact;
import io.gatewatch.dns.names.NameHistory;
import io.gatewatch.dns.names.NameKey;
import io.gatewatch.dns.names.NameSource;
import io.gatewatch.dns.names.NameTable;
import io.gatewatch.wire.address.IpAddress;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
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

/** The name of a session's server, among so many answers. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class NamesBenchmark {
    private static final String SITE = "bench";
    private static final long START_NS = 1_767_225_600_000_000_000L;
    private static final int CLIENTS = 256;
    private static final int ASKED = 1_024;

    /** Who knows the name that is looked for. */
    public enum Known {
        BY_CLIENT,
        BY_OTHERS,
        BY_NOBODY
    }

    @Param({"1000", "200000"})
    public int answers;

    @Param public Known known;

    private final NameTable table = new NameTable(Integer.MAX_VALUE);
    private final MapStore store = new MapStore();
    private final IpAddress[] clients = new IpAddress[ASKED];
    private final IpAddress[] servers = new IpAddress[ASKED];
    private int next;

    /** A store in a plain map. */
    public static final class MapStore implements NameTable.Store {
        private final Map<NameKey, NameHistory> map = new HashMap<>();

        @Override
        public NameHistory get(NameKey key) {
            return map.get(key);
        }

        @Override
        public void put(NameKey key, NameHistory history) {
            map.put(key, history);
        }

        @Override
        public void remove(NameKey key) {
            map.remove(key);
        }

        @Override
        public Iterator<Map.Entry<NameKey, NameHistory>> entries() {
            return map.entrySet().iterator();
        }
    }

    @Setup
    public void build() {
        for (int i = 0; i < answers; i++) {
            String name = "host" + i + ".example.com";
            table.add(
                    store,
                    new NameFact(SITE, client(i), server(i), NameSource.DNS, name, START_NS, 300));
        }
        for (int i = 0; i < ASKED; i++) {
            int answer = (int) ((long) i * answers / ASKED);
            clients[i] = client(known == Known.BY_CLIENT ? answer : answer + 1);
            servers[i] = server(known == Known.BY_NOBODY ? answer + answers : answer);
        }
    }

    private static IpAddress client(int number) {
        return address(10, number % CLIENTS);
    }

    private static IpAddress server(int number) {
        return address(198, number);
    }

    private static IpAddress address(int first, int rest) {
        return IpAddress.ofBytes(
                new byte[] {(byte) first, (byte) (rest >>> 16), (byte) (rest >>> 8), (byte) rest});
    }

    @Benchmark
    public NameTable.Found find() {
        int i = next++ & (ASKED - 1);
        return table.find(store, SITE, clients[i], servers[i], START_NS + 1);
    }
}
