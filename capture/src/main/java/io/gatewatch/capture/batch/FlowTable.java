package io.gatewatch.capture.batch;

import io.gatewatch.wire.FlowPath;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The flows that the agent remembers, by 5-tuple in key order. Open addressing with linear probing
 * over primitive hashes; a look-up allocates nothing, an addition allocates until {@code maxFlows}
 * is reached and reuses an evicted entry from then on.
 *
 * <p>Who goes is decided by second chance: a hand moves over the entries in a circle, passes by
 * those seen again since it last came, and takes the first that was not. So the least recently seen
 * go, roughly, and a flood of flows of one packet each pushes out itself and not those that live.
 * Flows of an unfinished batch stay. Which entry goes depends on the packets alone; the seed of the
 * hash, random against crafted collisions, changes places and nothing else.
 *
 * <p>Not thread safe.
 */
final class FlowTable {
    private static final int INITIAL_SLOTS = 1 << 11;
    private static final long EMPTY = 0;
    private static final int NONE = -1;

    private final int maxFlows;
    private final long seed1 = ThreadLocalRandom.current().nextLong();
    private final long seed2 = ThreadLocalRandom.current().nextLong();

    private long[] slotHash = new long[INITIAL_SLOTS];
    private Flow[] slotFlow = new Flow[INITIAL_SLOTS];

    /** All entries, in the order of their first use: what the hand moves over. */
    private Flow[] entries = new Flow[INITIAL_SLOTS / 2];

    private int size;
    private int hand;

    /** Where the entry lies that was evicted and not used again yet. */
    private int vacant = NONE;

    FlowTable(int maxFlows) {
        this.maxFlows = maxFlows;
    }

    /**
     * Packs what {@link Flow#numbers} holds.
     *
     * @param keyVlan {@link FlowPath#NO_VLAN} where VLANs are not part of the key
     */
    static long numbers(int protocol, int ipVersion, int portA, int portB, int keyVlan) {
        return (long) (keyVlan - FlowPath.NO_VLAN) << 48
                | (long) ipVersion << 40
                | (long) protocol << 32
                | (long) portB << 16
                | portA;
    }

    int size() {
        return size;
    }

    long hash(long aHigh, long aLow, long bHigh, long bLow, long numbers) {
        long hash =
                (aLow ^ seed1) * 0x9e3779b97f4a7c15L
                        + (bLow ^ seed2) * 0xc2b2ae3d27d4eb4fL
                        + (aHigh + seed2) * 0x165667b19e3779f9L
                        + (bHigh + seed1) * 0x27d4eb2f165667c5L
                        + numbers * 0xd6e8feb86659fd93L;
        hash = (hash ^ (hash >>> 32)) * 0xd6e8feb86659fd93L;
        hash ^= hash >>> 32;
        return hash == EMPTY ? 1 : hash;
    }

    /** The flow of this key, or null. */
    Flow find(long hash, long aHigh, long aLow, long bHigh, long bLow, long numbers) {
        int mask = slotHash.length - 1;
        int slot = (int) hash & mask;
        while (true) {
            long candidate = slotHash[slot];
            if (candidate == hash) {
                Flow flow = slotFlow[slot];
                if (flow.isEqualTo(aHigh, aLow, bHigh, bLow, numbers)) {
                    flow.seenAgain = true;
                    return flow;
                }
            } else if (candidate == EMPTY) {
                return null;
            }
            slot = (slot + 1) & mask;
        }
    }

    boolean isFull() {
        return size == maxFlows && vacant == NONE;
    }

    /**
     * Forgets the flow whose turn it is, so that one can be added in its place.
     *
     * @return false if every flow has a part in an unfinished batch
     */
    boolean evict() {
        // In one round every second chance is used up, so a second round finds what can be found.
        for (int steps = 2 * size; steps > 0; steps--) {
            Flow flow = entries[hand];
            int here = hand;
            hand = hand + 1 == size ? 0 : hand + 1;
            if (flow.slice == null && !flow.seenAgain) {
                removeFromSlots(flow);
                vacant = here;
                return true;
            }
            flow.seenAgain = false;
        }
        return false;
    }

    /** Adds a flow that {@link #find} did not find; a full table needs {@link #evict} before. */
    Flow add(long hash, long aHigh, long aLow, long bHigh, long bLow, long numbers) {
        Flow flow = freeEntry();
        flow.reset();
        flow.addressAHigh = aHigh;
        flow.addressALow = aLow;
        flow.addressBHigh = bHigh;
        flow.addressBLow = bLow;
        flow.numbers = numbers;
        flow.tableHash = hash;
        if (2 * size > slotHash.length) {
            growSlots();
        } else {
            insert(flow);
        }
        return flow;
    }

    private Flow freeEntry() {
        if (vacant != NONE) {
            Flow evicted = entries[vacant];
            vacant = NONE;
            return evicted;
        }
        if (size == maxFlows) {
            throw new IllegalStateException("flow table is full");
        }
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, Math.min(maxFlows, 2 * size));
        }
        Flow flow = new Flow();
        entries[size] = flow;
        size++;
        return flow;
    }

    private void growSlots() {
        slotHash = new long[2 * slotHash.length];
        slotFlow = new Flow[slotHash.length];
        for (int i = 0; i < size; i++) {
            insert(entries[i]);
        }
    }

    private void insert(Flow flow) {
        int mask = slotHash.length - 1;
        int slot = (int) flow.tableHash & mask;
        while (slotHash[slot] != EMPTY) {
            slot = (slot + 1) & mask;
        }
        slotHash[slot] = flow.tableHash;
        slotFlow[slot] = flow;
    }

    /** Empties the flow's slot and moves back those behind it that were displaced over it. */
    private void removeFromSlots(Flow flow) {
        int mask = slotHash.length - 1;
        int gap = (int) flow.tableHash & mask;
        while (slotFlow[gap] != flow) {
            gap = (gap + 1) & mask;
        }
        int next = (gap + 1) & mask;
        while (slotHash[next] != EMPTY) {
            int home = (int) slotHash[next] & mask;
            if (((next - home) & mask) >= ((next - gap) & mask)) {
                slotHash[gap] = slotHash[next];
                slotFlow[gap] = slotFlow[next];
                gap = next;
            }
            next = (next + 1) & mask;
        }
        slotHash[gap] = EMPTY;
        slotFlow[gap] = null;
    }
}
