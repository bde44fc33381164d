package io.gatewatch.dns.names;

import io.gatewatch.wire.address.IpAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The names of addresses, from answers. What it says of a time stands on the answers up to that
 * time alone, in whatever order they and later ones come. An answer counts from its time until its
 * TTL, {@value #MAX_TTL_SECONDS} s at most, and {@value #GRACE_SECONDS} s of grace are over.
 *
 * <p>The answers about an address are in one history, each with its client. Once there are more
 * than {@value #MAX_CLIENTS_TOGETHER} clients, each has a history of its own, and what anybody was
 * told is kept once more without clients. When there are too many answers in all, those of the
 * oldest spans of time do not count any more. Not thread safe.
 */
public final class NameTable {
    /** Longest TTL that is believed. */
    public static final int MAX_TTL_SECONDS = 12 * 3600;

    /** Programs go on to use an address for longer than they should. */
    public static final int GRACE_SECONDS = 3600;

    static final int MAX_CLIENTS_TOGETHER = 8;

    private static final long SECOND_NS = 1_000_000_000L;

    /** Answers further ahead of the time than this may fill half of the table. */
    private static final long AHEAD_NS = 3600 * SECOND_NS;

    /** Where the histories are: a map that somebody else checkpoints. */
    public interface Store {
        NameHistory get(NameKey key);

        void put(NameKey key, NameHistory history);

        void remove(NameKey key);

        Iterator<Map.Entry<NameKey, NameHistory>> entries();
    }

    /**
     * A name that was found.
     *
     * @param own the client itself was told
     */
    public record Found(
            String name, NameSource source, long ageSeconds, long ttlSeconds, boolean own) {}

    private static final NameKey EVICTED = new NameKey.Evicted();

    private final int maxAnswers;

    /** Answers in the store that count, by the span of their time. */
    private final TreeMap<Long, Integer> answersOfSpans = new TreeMap<>();

    private int answers;

    /** In the store, but too old to count. */
    private int dead;

    /** Of those that count, as far as is known since the last {@link #forget}. */
    private int ahead;

    private long nowNs = Long.MAX_VALUE - AHEAD_NS;
    private long evicted;
    private long evictedBeforeNs = Long.MIN_VALUE;
    private long oldestStartNs;

    /**
     * @param maxAnswers answers kept in all
     */
    public NameTable(int maxAnswers) {
        this.maxAnswers = maxAnswers;
    }

    /** Counts what is in a restored store. */
    public void restore(Store store) {
        answersOfSpans.clear();
        answers = 0;
        dead = 0;
        NameHistory mark = store.get(EVICTED);
        evictedBeforeNs = mark == null ? Long.MIN_VALUE : mark.timeNs();
        Iterator<Map.Entry<NameKey, NameHistory>> entries = store.entries();
        while (entries.hasNext()) {
            Map.Entry<NameKey, NameHistory> entry = entries.next();
            if (!entry.getKey().equals(EVICTED)) {
                count(null, entry.getValue());
            }
        }
        evictOldest(store);
    }

    /** Event time has come so far. */
    public void timeIs(long timeNs) {
        nowNs = Math.min(timeNs, Long.MAX_VALUE - AHEAD_NS);
    }

    /** Takes an answer. */
    public void add(Store store, NameFact fact) {
        boolean isAhead = fact.timeNs() > nowNs + AHEAD_NS;
        if (fact.timeNs() < evictedBeforeNs || (isAhead && ahead >= (maxAnswers + 1) / 2)) {
            evicted++;
            return;
        }
        int had = answers;
        NameKey.OfAddress address = NameKey.OfAddress.of(fact.site(), fact.address());
        NameHistory answer = NameHistory.of(fact);
        NameHistory together = store.get(address);
        if (fact.client() == null) {
            add(store, address, together, answer, NameHistory.MAX_ANSWERS);
        } else if (isApart(together)) {
            addApart(store, address, answer);
        } else {
            NameHistory after = add(store, address, together, answer, NameHistory.MAX_ANSWERS);
            if (after != together && hasManyClients(after)) {
                takeApart(store, address, after);
            }
        }
        if (isAhead) {
            ahead += answers - had;
        }
        evictOldest(store);
    }

    private NameHistory add(
            Store store,
            NameKey key,
            NameHistory before,
            NameHistory answer,
            int maxAnswersOfSpan) {
        NameHistory after = NameHistory.with(before, answer, maxAnswersOfSpan);
        put(store, key, before, after);
        return after;
    }

    private void put(Store store, NameKey key, NameHistory before, NameHistory after) {
        if (after == before) {
            return;
        }
        count(before, after);
        if (after == null) {
            store.remove(key);
        } else {
            store.put(key, after);
        }
    }

    // Many clients.

    private static boolean isApart(NameHistory together) {
        for (NameHistory each = together; each != null; each = each.older()) {
            if (isOfAnybody(each)) {
                return true;
            }
        }
        return false;
    }

    /** Said once more without its client: what somebody asked for has a client. */
    private static boolean isOfAnybody(NameHistory answer) {
        return answer.clientVersion() == NameHistory.ANYBODY
                && (answer.source() == NameSource.DNS || answer.source() == NameSource.DNS_SVCB);
    }

    private static boolean hasManyClients(NameHistory together) {
        NameHistory[] clients = new NameHistory[MAX_CLIENTS_TOGETHER];
        int count = 0;
        for (NameHistory each = together; each != null; each = each.older()) {
            if (each.clientVersion() != NameHistory.ANYBODY && !contains(clients, count, each)) {
                if (count == MAX_CLIENTS_TOGETHER) {
                    return true;
                }
                clients[count++] = each;
            }
        }
        return false;
    }

    private static boolean contains(NameHistory[] clients, int count, NameHistory answer) {
        for (int i = 0; i < count; i++) {
            if (clients[i].hasClientOf(answer)) {
                return true;
            }
        }
        return false;
    }

    private void takeApart(Store store, NameKey.OfAddress address, NameHistory together) {
        put(store, address, together, null);
        for (NameHistory each = together; each != null; each = each.older()) {
            addApart(store, address, each);
        }
    }

    private void addApart(Store store, NameKey.OfAddress address, NameHistory its) {
        NameHistory together = store.get(address);
        NameHistory answer = its.namedAsIn(together);
        if (answer.clientVersion() != NameHistory.ANYBODY) {
            NameKey own =
                    NameKey.OfClient.of(
                            address,
                            answer.clientVersion(),
                            answer.clientHigh(),
                            answer.clientLow());
            add(store, own, store.get(own), answer, NameHistory.MAX_ANSWERS);
        }
        add(
                store,
                address,
                together,
                answer.ofAnybody(),
                MAX_CLIENTS_TOGETHER * NameHistory.MAX_ANSWERS);
    }

    // What is forgotten.

    /**
     * Forgets what no session will ask for any more: answers that are over by then, and those that
     * newer ones of that time have replaced.
     *
     * @param startNs no session that starts earlier will be asked about
     */
    public void forget(Store store, long startNs) {
        oldestStartNs = startNs;
        keep(store, this::needed);
        ahead = 0;
        for (int count :
                answersOfSpans.tailMap((nowNs + AHEAD_NS) / NameHistory.SPAN_NS, false).values()) {
            ahead += count;
        }
    }

    private NameHistory needed(NameHistory history) {
        return only(history, answer -> isNeeded(history, answer));
    }

    private static NameHistory only(NameHistory history, Predicate<NameHistory> condition) {
        List<NameHistory> kept = new ArrayList<>();
        boolean all = true;
        for (NameHistory each = history; each != null; each = each.older()) {
            if (condition.test(each)) {
                kept.add(each);
            } else {
                all = false;
            }
        }
        return all ? history : NameHistory.linked(kept, null);
    }

    private boolean isNeeded(NameHistory history, NameHistory answer) {
        if (answer.timeNs() > oldestStartNs) {
            return true;
        }
        if (answer.endNs() < oldestStartNs) {
            return false;
        }
        for (NameHistory each = history; each != answer; each = each.older()) {
            if (each.timeNs() <= oldestStartNs
                    && each.source() == answer.source()
                    && each.hasClientOf(answer)
                    && each.endNs() >= answer.endNs()) {
                return false;
            }
        }
        return true;
    }

    /** The oldest stop to count at once; they leave the store when they are many. */
    private void evictOldest(Store store) {
        if (answers <= maxAnswers) {
            return;
        }
        while (answers > maxAnswers) {
            Map.Entry<Long, Integer> oldest = answersOfSpans.pollFirstEntry();
            answers -= oldest.getValue();
            dead += oldest.getValue();
            evicted += oldest.getValue();
            evictedBeforeNs = (oldest.getKey() + 1) * NameHistory.SPAN_NS;
        }
        store.put(EVICTED, NameHistory.mark(evictedBeforeNs));
        if (dead > maxAnswers / 20) {
            keep(store, history -> only(history, this::counts));
        }
    }

    private boolean counts(NameHistory answer) {
        return answer.timeNs() >= evictedBeforeNs;
    }

    private void keep(Store store, UnaryOperator<NameHistory> kept) {
        List<NameKey> keys = new ArrayList<>();
        List<NameHistory> befores = new ArrayList<>();
        Iterator<Map.Entry<NameKey, NameHistory>> entries = store.entries();
        while (entries.hasNext()) {
            Map.Entry<NameKey, NameHistory> entry = entries.next();
            if (!entry.getKey().equals(EVICTED)
                    && kept.apply(entry.getValue()) != entry.getValue()) {
                keys.add(entry.getKey());
                befores.add(entry.getValue());
            }
        }
        for (int i = 0; i < keys.size(); i++) {
            put(store, keys.get(i), befores.get(i), kept.apply(befores.get(i)));
        }
    }

    /** Counts what has come and gone; what both share, their ends, stays counted. */
    private void count(NameHistory before, NameHistory after) {
        NameHistory gone = before;
        NameHistory come = after;
        int surplus = NameHistory.size(gone) - NameHistory.size(come);
        for (; surplus > 0; surplus--) {
            count(gone, -1);
            gone = gone.older();
        }
        for (; surplus < 0; surplus++) {
            count(come, 1);
            come = come.older();
        }
        while (gone != come) {
            count(gone, -1);
            count(come, 1);
            gone = gone.older();
            come = come.older();
        }
    }

    /** Repetitions do not count, so that the limit does not depend on when clients came apart. */
    private void count(NameHistory answer, int change) {
        if (isOfAnybody(answer)) {
            return;
        }
        if (counts(answer)) {
            answers += change;
            answersOfSpans.merge(
                    answer.span(), change, (had, more) -> had + more == 0 ? null : had + more);
        } else {
            dead += change;
        }
    }

    // Looking up.

    /**
     * The name of an address as its client knew it: by the client's own answers, else by those of
     * other clients of the site.
     *
     * @param startNs when the session starts
     * @return null if nobody knows
     */
    public Found find(Store store, String site, IpAddress client, IpAddress address, long startNs) {
        NameKey.OfAddress key = NameKey.OfAddress.of(site, address);
        NameHistory together = store.get(key);
        int version = client.version();
        NameHistory own = null;
        for (NameHistory each = together; each != null; each = each.older()) {
            if (each.isOf(version, client.high(), client.low())) {
                own = better(own, each, startNs);
            }
        }
        NameHistory apart =
                store.get(NameKey.OfClient.of(key, version, client.high(), client.low()));
        for (NameHistory each = apart; each != null; each = each.older()) {
            own = better(own, each, startNs);
        }
        if (own != null) {
            return found(own, startNs, true);
        }
        NameHistory anybodys = null;
        for (NameHistory each = together; each != null; each = each.older()) {
            anybodys = better(anybodys, each, startNs);
        }
        return found(anybodys, startNs, false);
    }

    /** Which of two says more about a time: the better source, then the newer answer. */
    private NameHistory better(NameHistory best, NameHistory other, long startNs) {
        if (other.timeNs() > startNs || other.endNs() < startNs || !counts(other)) {
            return best;
        }
        if (best == null) {
            return other;
        }
        int source = best.source().compareTo(other.source());
        boolean newer = other.timeNs() > best.timeNs();
        return source > 0 || (source == 0 && newer) ? other : best;
    }

    private static Found found(NameHistory answer, long startNs, boolean own) {
        return answer == null
                ? null
                : new Found(
                        answer.name(),
                        answer.source(),
                        (startNs - answer.timeNs()) / SECOND_NS,
                        answer.ttlSeconds(),
                        own);
    }

    /** Answers in the store that count. */
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
