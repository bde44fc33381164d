package io.gatewatch.dns.names;

import io.gatewatch.wire.address.IpAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The names of addresses, from answers. What it holds does not depend on the order in which answers
 * come: of each client and address the {@value NameHistory#MAX_ANSWERS} newest answers, and when
 * there are too many in all, those of the oldest minutes go. An answer counts from its time until
 * its TTL, {@value #MAX_TTL_SECONDS} s at most, and {@value #GRACE_SECONDS} s of grace are over.
 * Not thread safe.
 */
public final class NameTable {
    /** Longest TTL that is believed. */
    public static final int MAX_TTL_SECONDS = 12 * 3600;

    /** Programs go on to use an address for longer than they should. */
    public static final int GRACE_SECONDS = 3600;

    private static final long SECOND_NS = 1_000_000_000L;
    private static final long MINUTE_NS = 60 * SECOND_NS;

    /** Where the histories are: a map that somebody else checkpoints. */
    public interface Store {
        NameHistory get(NameKey key);

        void put(NameKey key, NameHistory history);

        void remove(NameKey key);

        Iterator<Map.Entry<NameKey, NameHistory>> entries();
    }

    /** A name that was found. */
    public record Found(String name, NameSource source, long ageSeconds, long ttlSeconds) {}

    private final int maxAnswers;

    /** Answers in the store by the minute of their time. */
    private final TreeMap<Long, Integer> answersOfMinutes = new TreeMap<>();

    private int answers;
    private long evicted;
    private long forgottenBeforeMinute = Long.MIN_VALUE;

    /**
     * @param maxAnswers answers kept in all
     */
    public NameTable(int maxAnswers) {
        this.maxAnswers = maxAnswers;
    }

    /** Counts what is in a restored store. */
    public void restore(Store store) {
        answersOfMinutes.clear();
        answers = 0;
        Iterator<Map.Entry<NameKey, NameHistory>> entries = store.entries();
        while (entries.hasNext()) {
            count(entries.next().getValue(), 1);
        }
        evictOldest(store);
    }

    /** Takes an answer. */
    public void add(Store store, NameFact fact) {
        long minute = fact.timeNs() / MINUTE_NS;
        if (minute < forgottenBeforeMinute) {
            evicted++;
            return;
        }
        if (fact.client() != null) {
            add(store, NameKey.of(fact.site(), fact.client(), fact.address(), fact.source()), fact);
        }
        add(store, NameKey.of(fact.site(), null, fact.address(), fact.source()), fact);
        evictOldest(store);
    }

    private void add(Store store, NameKey key, NameFact fact) {
        NameHistory before = store.get(key);
        NameHistory after =
                NameHistory.with(before, fact.name(), fact.timeNs(), (int) fact.ttlSeconds());
        if (after != before) {
            count(before, -1);
            count(after, 1);
            store.put(key, after);
        }
    }

    private void count(NameHistory history, int change) {
        for (NameHistory answer = history; answer != null; answer = answer.older()) {
            answers += change;
            answersOfMinutes.merge(
                    answer.timeNs() / MINUTE_NS,
                    change,
                    (had, more) -> had + more == 0 ? null : had + more);
        }
    }

    private void evictOldest(Store store) {
        if (answers <= maxAnswers) {
            return;
        }
        int left = answers;
        long before = forgottenBeforeMinute;
        for (Map.Entry<Long, Integer> minute : answersOfMinutes.entrySet()) {
            if (left <= maxAnswers) {
                break;
            }
            left -= minute.getValue();
            before = minute.getKey() + 1;
        }
        forgottenBeforeMinute = before;
        int had = answers;
        long beforeNs = before * MINUTE_NS;
        keep(store, answer -> answer.timeNs() >= beforeNs);
        evicted += had - answers;
    }

    /**
     * Forgets answers that no session will ask for any more.
     *
     * @param oldestStartNs no session that starts earlier will be asked about
     */
    public void expire(Store store, long oldestStartNs) {
        keep(store, answer -> answer.endNs() >= oldestStartNs);
    }

    private interface Condition {
        boolean holds(NameHistory answer);
    }

    private void keep(Store store, Condition condition) {
        List<NameKey> changed = new ArrayList<>();
        List<NameHistory> histories = new ArrayList<>();
        Iterator<Map.Entry<NameKey, NameHistory>> entries = store.entries();
        while (entries.hasNext()) {
            Map.Entry<NameKey, NameHistory> entry = entries.next();
            NameHistory kept = kept(entry.getValue(), condition);
            if (kept != entry.getValue()) {
                changed.add(entry.getKey());
                histories.add(kept);
                count(entry.getValue(), -1);
                count(kept, 1);
            }
        }
        for (int i = 0; i < changed.size(); i++) {
            if (histories.get(i) == null) {
                store.remove(changed.get(i));
            } else {
                store.put(changed.get(i), histories.get(i));
            }
        }
    }

    private static NameHistory kept(NameHistory history, Condition condition) {
        if (history == null) {
            return null;
        }
        NameHistory older = kept(history.older(), condition);
        if (!condition.holds(history)) {
            return older;
        }
        return older == history.older()
                ? history
                : new NameHistory(history.name(), history.timeNs(), history.ttlSeconds(), older);
    }

    /**
     * The name of an address as its client knew it: by the client's own answers, else by those of
     * other clients of the site.
     *
     * @param startNs when the session starts
     * @return null if nobody knows
     */
    public static Found find(
            Store store, String site, IpAddress client, IpAddress address, long startNs) {
        Found own = find(store, site, client, address, NameSource.DNS, startNs);
        if (own == null) {
            own = find(store, site, client, address, NameSource.DNS_SVCB, startNs);
        }
        if (own != null) {
            return own;
        }
        for (NameSource source : NameSource.values()) {
            Found anybodys = find(store, site, null, address, source, startNs);
            if (anybodys != null) {
                return anybodys;
            }
        }
        return null;
    }

    private static Found find(
            Store store,
            String site,
            IpAddress client,
            IpAddress address,
            NameSource source,
            long startNs) {
        NameHistory history = store.get(NameKey.of(site, client, address, source));
        NameHistory answer = history == null ? null : history.at(startNs);
        return answer == null
                ? null
                : new Found(
                        answer.name(),
                        source,
                        (startNs - answer.timeNs()) / SECOND_NS,
                        answer.ttlSeconds());
    }

    /** Answers in the store. */
    public int answers() {
        return answers;
    }

    /** Answers that had to go because there were too many. */
    public long evicted() {
        return evicted;
    }

    static long lifetimeNs(int ttlSeconds) {
        return (Math.min(ttlSeconds, MAX_TTL_SECONDS) + GRACE_SECONDS) * SECOND_NS;
    }
}
