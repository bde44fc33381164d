package io.gatewatch.traffic.session;

import io.gatewatch.traffic.flow.FlowKey;
import io.gatewatch.traffic.flow.TimeOrderedId;
import java.nio.ByteBuffer;

/**
 * Makes session ids: a {@link TimeOrderedId} of the start time over the key's identity, start time
 * in nanoseconds (8 bytes), first TCP sequence number (4) and ordinal (4). Reuses its buffers; not
 * thread safe.
 */
final class SessionId {
    static final int LENGTH = TimeOrderedId.LENGTH;

    private static final int TAIL_LENGTH = 16;

    private final TimeOrderedId ids = new TimeOrderedId();
    private ByteBuffer input = ByteBuffer.allocate(256);

    byte[] of(FlowKey key, long startTimeNs, int firstSequence, int ordinal) {
        int length = key.identityLength() + TAIL_LENGTH;
        if (input.capacity() < length) {
            input = ByteBuffer.allocate(length);
        }
        input.clear();
        key.putIdentity(input);
        input.putLong(startTimeNs);
        input.putInt(firstSequence);
        input.putInt(ordinal);
        input.flip();
        return ids.of(startTimeNs, input);
    }
}
