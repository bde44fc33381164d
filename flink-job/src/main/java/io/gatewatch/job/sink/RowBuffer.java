package io.gatewatch.job.sink;

import io.gatewatch.traffic.session.SessionRow;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Holds the last row of each session for a short while: a session that changes often is written
 * once, and rows leave sorted by key, so that parallel writers lock in the same order. Not thread
 * safe.
 */
final class RowBuffer {
    private final Map<Id, SessionRow> rows = new HashMap<>();

    /** Takes a row, in the place of an earlier one of its session that is not newer. */
    void put(SessionRow row) {
        rows.merge(new Id(row.sessionId), row, RowBuffer::newer);
    }

    private static SessionRow newer(SessionRow held, SessionRow row) {
        return row.revision >= held.revision ? row : held;
    }

    int size() {
        return rows.size();
    }

    /** Hands out all rows by ascending id; the buffer is empty afterwards. */
    void drainTo(Consumer<SessionRow> out) {
        SessionRow[] sorted = rows.values().toArray(new SessionRow[0]);
        rows.clear();
        Arrays.sort(sorted, (a, b) -> Arrays.compareUnsigned(a.sessionId, b.sessionId));
        for (SessionRow row : sorted) {
            out.accept(row);
        }
    }

    private static final class Id {
        private final byte[] bytes;

        Id(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Id that && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }
}
