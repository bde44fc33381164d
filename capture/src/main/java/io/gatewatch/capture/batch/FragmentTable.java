package io.gatewatch.capture.batch;

import io.gatewatch.packet.PacketView;
import io.gatewatch.wire.ExtensionEncoder;
import io.gatewatch.wire.ExtensionTags;
import java.util.ArrayDeque;

/**
 * Gives IP fragments the flow of their datagram, whose ports only the first one has. Fragments that
 * come before the first are held, and come directly before it, each with its own capture time. If
 * it does not come within {@value #LIFETIME_SECONDS} s of capture time, they are left out and
 * counted. Of DNS datagrams the message is put together.
 *
 * <p>Bounded in datagrams, in fragments that wait and in bytes; the oldest datagrams go. All
 * depends on the packets and their capture times alone. Not thread safe.
 */
final class FragmentTable {
    static final int LIFETIME_SECONDS = 30;

    private static final long LIFETIME_NS = LIFETIME_SECONDS * 1_000_000_000L;

    /** Takes packets whose flow is known. */
    interface Sink {
        /**
         * @param fields extension fields of the packet, or null
         */
        void packet(int interfaceIndex, long timeNs, PacketView view, ExtensionEncoder fields);
    }

    private final int maxDatagrams;
    private final int maxHeld;
    private final int maxBytes;
    private final CaptureCounters counters;
    private final Sink sink;
    private final ExtensionEncoder fields = new ExtensionEncoder();

    private final Datagram[] buckets;
    private final ArrayDeque<Datagram> free = new ArrayDeque<>();
    private final ArrayDeque<HeldFragment> freeHeld = new ArrayDeque<>();

    /** All datagrams, by the time that their first fragment to be seen came. */
    private Datagram oldest;

    private Datagram newest;
    private int datagrams;
    private int held;
    private int heldDecapsulated;
    private int bytes;

    FragmentTable(BatchSettings settings, CaptureCounters counters, Sink sink) {
        maxDatagrams = settings.maxDatagrams();
        maxHeld = maxDatagrams;
        maxBytes = settings.maxFragmentBytes();
        // A power of two that leaves at least half of them empty.
        buckets = new Datagram[Integer.highestOneBit(maxDatagrams) << 2];
        this.counters = counters;
        this.sink = sink;
    }

    /** When something is to expire, on the capture clock. */
    long nextExpiryNs() {
        return oldest == null ? Long.MAX_VALUE : oldest.sinceNs + LIFETIME_NS;
    }

    /** Forgets what was not completed in time. */
    void expire(long clockNs) {
        while (oldest != null && oldest.sinceNs + LIFETIME_NS <= clockNs) {
            remove(oldest);
        }
    }

    /**
     * Forgets everything.
     *
     * @return fragments that waited
     */
    long clear() {
        long waiting = held;
        while (oldest != null) {
            remove(oldest);
        }
        return waiting;
    }

    /** Fragments that wait and are frames of their own. */
    int waitingFrames() {
        return held - heldDecapsulated;
    }

    /** Fragments that wait and were found inside of others. */
    int waitingDecapsulated() {
        return heldDecapsulated;
    }

    /**
     * Takes a fragment.
     *
     * @param clockNs the capture clock with it
     * @param decapsulated it was found inside of another packet or frame
     */
    void take(
            int interfaceIndex, long timeNs, long clockNs, boolean decapsulated, PacketView view) {
        Datagram datagram = find(view);
        boolean first = view.fragmentOffset == 0;
        if (datagram != null && first && datagram.isOverBefore(view)) {
            remove(datagram);
            datagram = null;
        }
        if (datagram == null) {
            datagram = add(view, clockNs);
        }
        datagram.cover(view);
        boolean firstAtLast = first && !datagram.hasFirst;
        if (firstAtLast) {
            datagram.takeFirst(view);
        }
        keepBytes(datagram, view);
        if (firstAtLast) {
            release(datagram);
        } else if (!datagram.hasFirst) {
            hold(datagram, interfaceIndex, timeNs, decapsulated, view);
            return;
        } else if (!first) {
            datagram.complete(view, view.fragmentPosition);
        }
        sink.packet(interfaceIndex, timeNs, view, message(datagram));
    }

    private void hold(
            Datagram datagram,
            int interfaceIndex,
            long timeNs,
            boolean decapsulated,
            PacketView view) {
        while (held == maxHeld && oldest != datagram) {
            evictOldest();
        }
        if (held == maxHeld) {
            counters.addFragmentsWithoutFirst(1);
            return;
        }
        HeldFragment fragment = freeHeld.isEmpty() ? new HeldFragment() : freeHeld.pop();
        fragment.interfaceIndex = interfaceIndex;
        fragment.timeNs = timeNs;
        fragment.decapsulated = decapsulated;
        fragment.view.copy(view);
        datagram.append(fragment);
        held++;
        heldDecapsulated += decapsulated ? 1 : 0;
        counters.waitingFragments(held);
    }

    private void release(Datagram datagram) {
        HeldFragment fragment = datagram.takeHeld();
        while (fragment != null) {
            HeldFragment next = fragment.next;
            PacketView view = fragment.view;
            if (datagram.hasAllBytes()) {
                view.bytes = datagram.data();
                datagram.complete(view, view.fragmentOffset);
            } else {
                view.bytes = HeldFragment.NO_BYTES;
                view.capturedPayloadLength = 0;
                datagram.complete(view, 0);
            }
            sink.packet(fragment.interfaceIndex, fragment.timeNs, view, null);
            free(fragment);
            fragment = next;
        }
        if (!datagram.isDns()) {
            forgetBytes(datagram);
        }
    }

    private void free(HeldFragment fragment) {
        fragment.next = null;
        fragment.view.bytes = HeldFragment.NO_BYTES;
        freeHeld.push(fragment);
        held--;
        heldDecapsulated -= fragment.decapsulated ? 1 : 0;
        counters.waitingFragments(held);
    }

    private void keepBytes(Datagram datagram, PacketView view) {
        if (!datagram.wantsBytes()) {
            return;
        }
        int more = datagram.moreBytes(view);
        while (bytes + more > maxBytes && oldest != datagram) {
            evictOldest();
        }
        if (bytes + more <= maxBytes) {
            bytes += datagram.keep(view);
        } else {
            datagram.giveUpBytes();
        }
    }

    private void forgetBytes(Datagram datagram) {
        bytes -= datagram.forgetBytes();
    }

    /** The extension field with the whole DNS message, once all of it is there; else null. */
    private ExtensionEncoder message(Datagram datagram) {
        int length = datagram.messageLength();
        if (length <= 0) {
            return null;
        }
        fields.clear();
        fields.add(ExtensionTags.PACKET_MESSAGE, datagram.data(), datagram.messageOffset(), length);
        forgetBytes(datagram);
        return fields;
    }

    private Datagram find(PacketView view) {
        Datagram candidate = buckets[bucket(view)];
        while (candidate != null && !candidate.isOf(view)) {
            candidate = candidate.nextInBucket;
        }
        return candidate;
    }

    private int bucket(PacketView view) {
        return Datagram.hash(view) & (buckets.length - 1);
    }

    private Datagram add(PacketView view, long clockNs) {
        if (datagrams == maxDatagrams) {
            evictOldest();
        }
        Datagram datagram = free.isEmpty() ? new Datagram() : free.pop();
        int bucket = bucket(view);
        datagram.start(view, clockNs, bucket);
        datagram.nextInBucket = buckets[bucket];
        buckets[bucket] = datagram;
        datagram.older = newest;
        if (newest == null) {
            oldest = datagram;
        } else {
            newest.newer = datagram;
        }
        newest = datagram;
        datagrams++;
        return datagram;
    }

    private void evictOldest() {
        counters.addEvictedDatagram();
        remove(oldest);
    }

    private void remove(Datagram datagram) {
        HeldFragment fragment = datagram.takeHeld();
        while (fragment != null) {
            HeldFragment next = fragment.next;
            counters.addFragmentsWithoutFirst(1);
            free(fragment);
            fragment = next;
        }
        forgetBytes(datagram);
        unlink(datagram);
        datagrams--;
        free.push(datagram);
    }

    private void unlink(Datagram datagram) {
        if (datagram.older == null) {
            oldest = datagram.newer;
        } else {
            datagram.older.newer = datagram.newer;
        }
        if (datagram.newer == null) {
            newest = datagram.older;
        } else {
            datagram.newer.older = datagram.older;
        }
        datagram.older = null;
        datagram.newer = null;
        if (buckets[datagram.bucket] == datagram) {
            buckets[datagram.bucket] = datagram.nextInBucket;
            return;
        }
        Datagram before = buckets[datagram.bucket];
        while (before.nextInBucket != datagram) {
            before = before.nextInBucket;
        }
        before.nextInBucket = datagram.nextInBucket;
    }
}
