package io.gatewatch.dns.names;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.testing.FuzzBytes;
import io.gatewatch.wire.address.IpAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NameTableTest {
    private static final String SITE = "home";
    private static final IpAddress ALICE = IpAddress.parse("10.0.0.1");
    private static final IpAddress BOB = IpAddress.parse("10.0.0.2");
    private static final IpAddress SERVER = IpAddress.parse("192.0.2.1");
    private static final long SECOND_NS = 1_000_000_000L;
    private static final long T = 1_700_000_000L * SECOND_NS;

    private MapStore store = new MapStore();
    private NameTable table = new NameTable(1000);

    /** A store in a plain map. */
    private static final class MapStore implements NameTable.Store {
        final Map<NameKey, NameHistory> map = new HashMap<>();

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

        /** What it knows, whether clients are together or apart. */
        List<String> content() {
            List<String> content = new ArrayList<>();
            map.forEach(
                    (key, history) -> {
                        NameHistory mark = map.get(new NameKey.Evicted());
                        for (NameHistory each = history; each != null; each = each.older()) {
                            if (mark != null && each.timeNs() < mark.timeNs()) {
                                continue;
                            }
                            if (each.clientVersion() != NameHistory.ANYBODY
                                    || each.source().compareTo(NameSource.MDNS) >= 0
                                    || key instanceof NameKey.Evicted) {
                                content.add(address(key) + " " + text(each));
                            }
                        }
                    });
            Collections.sort(content);
            return content;
        }

        private static String address(NameKey key) {
            if (key instanceof NameKey.OfAddress address) {
                return address.site() + " " + address.low();
            }
            return key instanceof NameKey.OfClient client
                    ? client.site() + " " + client.low()
                    : "evicted before";
        }

        private static String text(NameHistory answer) {
            return String.join(
                    " ",
                    answer.name(),
                    Long.toString(answer.timeNs()),
                    Integer.toString(answer.ttlSeconds()),
                    answer.source().text(),
                    Long.toString(answer.clientLow()));
        }
    }

    private void answer(IpAddress client, NameSource source, String name, long second, int ttl) {
        table.add(
                store,
                new NameFact(SITE, client, SERVER, source, name, T + second * SECOND_NS, ttl));
    }

    private void answer(IpAddress client, String name, long second) {
        answer(client, NameSource.DNS, name, second, 60);
    }

    private String nameFor(IpAddress client, long second) {
        NameTable.Found found = table.find(store, SITE, client, SERVER, T + second * SECOND_NS);
        return found == null ? null : found.name();
    }

    @Test
    void shouldGiveTheClientsLastAnswerBeforeTheSession() {
        answer(ALICE, "old.example", 0);
        answer(ALICE, "new.example", 10);

        assertThat(nameFor(ALICE, -1)).isNull();
        assertThat(nameFor(ALICE, 0)).isEqualTo("old.example");
        assertThat(nameFor(ALICE, 9)).isEqualTo("old.example");
        assertThat(nameFor(ALICE, 10)).isEqualTo("new.example");
        assertThat(table.find(store, SITE, ALICE, SERVER, T + 12 * SECOND_NS))
                .isEqualTo(new NameTable.Found("new.example", NameSource.DNS, 2, 60, true));
    }

    @Test
    void shouldKeepClientsApart() {
        answer(ALICE, "alice.example", 0);
        answer(BOB, "bob.example", 5);

        assertThat(nameFor(ALICE, 10)).isEqualTo("alice.example");
        assertThat(nameFor(BOB, 10)).isEqualTo("bob.example");
        assertThat(nameFor(IpAddress.parse("10.0.0.3"), 10))
                .as("has no answer of its own")
                .isEqualTo("bob.example");
        assertThat(nameFor(BOB, 2)).as("before its own").isEqualTo("alice.example");
        assertThat(table.find(store, "office", ALICE, SERVER, T + 10 * SECOND_NS)).isNull();
    }

    @Test
    void shouldForgetAnAnswerAfterItsTimeToLiveAndTheGrace() {
        answer(ALICE, "www.example", 0);

        assertThat(nameFor(ALICE, 60 + NameTable.GRACE_SECONDS)).isEqualTo("www.example");
        assertThat(nameFor(ALICE, 61 + NameTable.GRACE_SECONDS)).isNull();
    }

    @Test
    void shouldNotBelieveAnEndlessTimeToLive() {
        answer(ALICE, NameSource.DNS, "www.example", 0, Integer.MAX_VALUE);

        int most = NameTable.MAX_TTL_SECONDS + NameTable.GRACE_SECONDS;
        assertThat(nameFor(ALICE, most)).isEqualTo("www.example");
        assertThat(nameFor(ALICE, most + 1)).isNull();
    }

    @Test
    void shouldFallBackToTheAnswerThatStillCounts() {
        answer(ALICE, NameSource.DNS, "long.example", 0, 10_000);
        answer(ALICE, NameSource.DNS, "short.example", 1, 1);

        assertThat(nameFor(ALICE, 100)).isEqualTo("short.example");
        assertThat(nameFor(ALICE, 5000)).isEqualTo("long.example");
    }

    @Test
    void shouldPreferTheBetterSource() {
        answer(null, NameSource.DNS_PTR, "ptr.example", 4, 60);
        assertThat(nameFor(ALICE, 10)).isEqualTo("ptr.example");
        answer(null, NameSource.MDNS, "host.local", 3, 60);
        assertThat(nameFor(ALICE, 10)).isEqualTo("host.local");
        answer(BOB, NameSource.DNS_SVCB, "hint.example", 2, 60);
        assertThat(nameFor(ALICE, 10)).isEqualTo("hint.example");
        answer(BOB, NameSource.DNS, "bob.example", 1, 60);
        assertThat(nameFor(ALICE, 10)).isEqualTo("bob.example");
        answer(ALICE, NameSource.DNS_SVCB, "own-hint.example", 0, 60);
        assertThat(nameFor(ALICE, 10)).isEqualTo("own-hint.example");
        answer(ALICE, NameSource.DNS, "own.example", 0, 60);
        assertThat(nameFor(ALICE, 10)).isEqualTo("own.example");
    }

    @Test
    void shouldHoldTheSameInAnyOrderOfArrival() {
        Random random = FuzzBytes.forTest(NameTableTest.class).random();
        for (int round = 0; round < 300; round++) {
            List<NameFact> facts = new ArrayList<>();
            int count = 1 + random.nextInt(120);
            int clients = 1 + random.nextInt(12);
            for (int i = 0; i < count; i++) {
                NameSource source = NameSource.values()[random.nextInt(4)];
                boolean asked = source == NameSource.DNS || source == NameSource.DNS_SVCB;
                facts.add(
                        new NameFact(
                                SITE,
                                asked ? client(random.nextInt(clients)) : null,
                                new IpAddress(4, 0, random.nextInt(4)),
                                source,
                                "host" + random.nextInt(3),
                                T + random.nextInt(300) * SECOND_NS,
                                random.nextInt(3)));
            }
            int limit = 5 + random.nextInt(120);
            List<String> first = null;
            for (int order = 0; order < 5; order++) {
                store = new MapStore();
                table = new NameTable(limit);
                facts.forEach(fact -> table.add(store, fact));
                assertThat(table.answers()).isLessThanOrEqualTo(limit);
                if (first == null) {
                    first = store.content();
                }
                assertThat(store.content()).isEqualTo(first);
                Collections.shuffle(facts, random);
            }
        }
    }

    @Test
    void shouldGiveTheSameTableForEveryPermutation() {
        List<NameFact> facts = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            facts.add(
                    new NameFact(
                            SITE,
                            ALICE,
                            SERVER,
                            NameSource.DNS,
                            i % 2 == 0 ? "a.example" : "b.example",
                            T + (i / 2) * SECOND_NS,
                            60));
        }
        List<List<String>> contents = new ArrayList<>();
        permute(facts, 0, contents);

        assertThat(contents).hasSize(720);
        assertThat(contents.stream().distinct()).hasSize(1);
    }

    private void permute(List<NameFact> facts, int from, List<List<String>> contents) {
        if (from == facts.size()) {
            store = new MapStore();
            table = new NameTable(1000);
            facts.forEach(fact -> table.add(store, fact));
            contents.add(store.content());
            return;
        }
        for (int i = from; i < facts.size(); i++) {
            Collections.swap(facts, from, i);
            permute(facts, from + 1, contents);
            Collections.swap(facts, from, i);
        }
    }

    private static IpAddress client(int number) {
        return new IpAddress(4, 0, 0x0A000001L + number);
    }

    @Test
    void shouldKnowEachOfManyClients() {
        for (int i = 0; i < 100; i++) {
            answer(client(i), "host" + i + ".example", i);
        }

        for (int i = 0; i < 100; i++) {
            assertThat(nameFor(client(i), 100)).isEqualTo("host" + i + ".example");
        }
        assertThat(nameFor(client(100), 50)).as("of another").isEqualTo("host50.example");
    }

    @Test
    void shouldSayTheSameInAnyOrderOfManyClients() {
        Random random = FuzzBytes.forTest(NameTableTest.class).random();
        List<NameFact> facts = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            facts.add(
                    new NameFact(
                            SITE,
                            client(random.nextInt(20)),
                            SERVER,
                            NameSource.values()[random.nextInt(2)],
                            "host" + random.nextInt(5),
                            T + random.nextInt(600) * SECOND_NS,
                            random.nextInt(3)));
        }
        List<String> first = null;
        for (int order = 0; order < 50; order++) {
            store = new MapStore();
            table = new NameTable(1000);
            facts.forEach(fact -> table.add(store, fact));
            if (first == null) {
                first = store.content();
            }
            assertThat(store.content()).isEqualTo(first);
            Collections.shuffle(facts, random);
        }
        assertThat(store.map).as("clients are apart").hasSizeGreaterThan(15);
    }

    @Test
    void shouldCountTheSameAnswerOnce() {
        answer(ALICE, "www.example", 0);
        answer(ALICE, "www.example", 0);

        assertThat(table.answers()).isEqualTo(1);
    }

    @Test
    void shouldNotChangeWhatWasTrueEarlierByLaterAnswers() {
        Random random = FuzzBytes.forTest(NameTableTest.class).random();
        for (int round = 0; round < 200; round++) {
            store = new MapStore();
            table = new NameTable(100_000);
            int clients = 1 + random.nextInt(15);
            List<NameFact> facts = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                facts.add(
                        new NameFact(
                                SITE,
                                client(random.nextInt(clients)),
                                SERVER,
                                NameSource.DNS,
                                "host" + random.nextInt(8),
                                T + random.nextLong(300 * SECOND_NS),
                                random.nextInt(60)));
            }
            facts.sort(Comparator.comparing(NameFact::timeNs));
            long start = T + 150 * SECOND_NS;
            List<NameTable.Found> before = null;
            for (NameFact fact : facts) {
                if (before == null && fact.timeNs() > start) {
                    before = found(clients, start);
                }
                table.add(store, fact);
            }
            assertThat(found(clients, start)).isEqualTo(before);
        }
    }

    /** What each client, and a stranger, is told. */
    private List<NameTable.Found> found(int clients, long startNs) {
        List<NameTable.Found> found = new ArrayList<>();
        for (int i = 0; i <= clients; i++) {
            found.add(table.find(store, SITE, client(i), SERVER, startNs));
        }
        return found;
    }

    @Test
    void shouldNotLetOthersPushOutWhatAClientWasTold() {
        table = new NameTable(100_000);
        answer(ALICE, "bank.example", 0);
        for (int i = 0; i < 1000; i++) {
            answer(BOB, "evil" + i + ".example", 1 + i % 5);
            answer(null, NameSource.MDNS, "evil" + i + ".local", 1 + i % 5, 60);
        }

        assertThat(nameFor(ALICE, 10)).isEqualTo("bank.example");
        assertThat(table.answers()).as("so many of a span").isEqualTo(1 + 2 * 16);
    }

    @Test
    void shouldNotLetAClockThatIsAheadFillTheTable() {
        table = new NameTable(100);
        table.timeIs(T);
        for (int i = 0; i < 1000; i++) {
            answer(BOB, "ahead" + i + ".example", 365L * 86_400 + 60L * i);
        }
        for (int i = 0; i < 40; i++) {
            answer(ALICE, "www" + i + ".example", 60L * i);
        }

        assertThat(nameFor(ALICE, 60 * 39)).isEqualTo("www39.example");
        assertThat(nameFor(ALICE, 0)).isEqualTo("www0.example");
        assertThat(table.answers()).isEqualTo(90);
    }

    @Test
    void shouldKeepTheNewestOfAFloodWithinAMinute() {
        table = new NameTable(10);
        for (int i = 0; i < 50; i++) {
            table.add(
                    store,
                    new NameFact(
                            SITE,
                            ALICE,
                            new IpAddress(4, 0, i),
                            NameSource.DNS,
                            "host" + i,
                            T + 10L * i * SECOND_NS,
                            60));
        }

        assertThat(table.answers()).isEqualTo(10);
        assertThat(
                        table.find(store, SITE, ALICE, new IpAddress(4, 0, 49), T + 600 * SECOND_NS)
                                .name())
                .isEqualTo("host49");
        assertThat(table.find(store, SITE, ALICE, new IpAddress(4, 0, 39), T + 600 * SECOND_NS))
                .isNull();
    }

    @Test
    void shouldNotTakeWhatWasEvictedAfterARestore() {
        table = new NameTable(2);
        for (int minute = 0; minute < 3; minute++) {
            answer(client(minute), "host" + minute, minute * 60L);
        }
        List<String> before = store.content();
        NameTable restored = new NameTable(2);
        restored.restore(store);
        store.map.remove(NameKey.OfAddress.of(SITE, SERVER));
        restored.restore(store);

        restored.add(store, new NameFact(SITE, ALICE, SERVER, NameSource.DNS, "late", T, 60));

        assertThat(before.toString()).doesNotContain("host0 ").contains("host1 ");
        assertThat(store.content().toString()).doesNotContain("late");
        assertThat(restored.evicted()).isEqualTo(1);
    }

    @Test
    void shouldForgetWhatNewerAnswersHaveReplaced() {
        for (int i = 0; i < 10; i++) {
            answer(ALICE, i % 2 == 0 ? "a.example" : "b.example", 10L * i);
        }
        answer(BOB, "bob.example", 30);
        answer(ALICE, NameSource.DNS, "long.example", 11, 5000);

        table.forget(store, T + 50 * SECOND_NS);

        for (int second = 50; second < 120; second++) {
            int last = Math.min(second / 10, 9);
            assertThat(nameFor(ALICE, second)).isEqualTo(last % 2 == 0 ? "a.example" : "b.example");
            assertThat(nameFor(BOB, second)).isEqualTo("bob.example");
        }
        assertThat(nameFor(ALICE, 5000)).isEqualTo("long.example");
        assertThat(table.answers()).isEqualTo(7);
    }

    @Test
    void shouldForgetTheOldestWhenThereAreTooMany() {
        table = new NameTable(2);
        for (int minute = 0; minute < 4; minute++) {
            table.add(
                    store,
                    new NameFact(
                            SITE,
                            ALICE,
                            new IpAddress(4, 0, minute),
                            NameSource.DNS,
                            "host" + minute,
                            T + minute * 60L * SECOND_NS,
                            60));
        }

        assertThat(table.answers()).isEqualTo(2);
        assertThat(table.evicted()).isEqualTo(2);
        assertThat(store.content().toString()).contains("host2", "host3").doesNotContain("host1");
    }

    @Test
    void shouldExpireWhatNobodyWillAskFor() {
        answer(ALICE, "www.example", 0);
        answer(ALICE, NameSource.DNS, "long.example", 0, 1000);
        assertThat(table.answers()).isEqualTo(2);

        table.forget(store, T + (61 + NameTable.GRACE_SECONDS) * SECOND_NS);

        assertThat(table.answers()).isEqualTo(1);
        assertThat(store.content().toString()).doesNotContain("www.example");

        table.forget(store, T + 5000 * SECOND_NS);
        assertThat(store.map).isEmpty();
        assertThat(table.answers()).isZero();
    }

    @Test
    void shouldCountAnewAfterARestore() {
        for (int i = 0; i < 3; i++) {
            answer(ALICE, "www.example", 60L * i);
        }
        NameTable restored = new NameTable(2);

        restored.restore(store);

        assertThat(restored.answers()).isEqualTo(2);
        assertThat(restored.evicted()).isEqualTo(1);
    }
}
