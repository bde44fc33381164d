package io.gatewatch.traffic.session;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What is known of the one session that a key holds, open or lingering after its end. Changed in
 * place by {@link SessionMachine} alone; {@link #copy} is deep, for snapshots that copy on write.
 */
public final class SessionState {
    /** No timer is set. */
    public static final long NO_TIMER = Long.MIN_VALUE;

    SessionState() {}

    public SessionState copy() {
        throw new UnsupportedOperationException();
    }

    /** Writes version 1 of the state; {@link #read} reads it. */
    public void write(DataOutput out) throws IOException {
        throw new UnsupportedOperationException();
    }

    public static SessionState read(DataInput in) throws IOException {
        throw new UnsupportedOperationException();
    }
}
