package io.gatewatch.capture.batch;

import io.gatewatch.packet.PacketView;

/** A fragment that waits for the first one of its datagram. Pooled by {@link FragmentTable}. */
final class HeldFragment {
    static final byte[] NO_BYTES = {};

    int interfaceIndex;
    long timeNs;

    /** Counted as decapsulated, not as a captured frame. */
    boolean decapsulated;

    final PacketView view = new PacketView();

    /** The one that came after it. */
    HeldFragment next;
}
