package io.gatewatch.job.names;

import io.gatewatch.dns.names.NameTable;
import io.gatewatch.traffic.session.SessionRow;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * What was found out about the host of a session that goes on. Immutable.
 *
 * @param idHigh first half of the session's id: a key may have had another session since
 * @param idLow second half
 * @param host null if nobody knew one
 * @param settled found when all answers of the session's start were known: it stays so
 */
record GivenName(
        long idHigh, long idLow, String host, String source, int ageS, int ttlS, boolean settled) {
    static GivenName of(SessionRow row, NameTable.Found found, boolean settled) {
        ByteBuffer id = ByteBuffer.wrap(row.sessionId);
        long high = id.getLong();
        long low = id.getLong();
        return found == null
                ? new GivenName(high, low, null, null, 0, 0, settled)
                : new GivenName(
                        high,
                        low,
                        found.name(),
                        found.source().text(),
                        (int) found.ageSeconds(),
                        (int) found.ttlSeconds(),
                        settled);
    }

    boolean isOf(SessionRow row) {
        ByteBuffer id = ByteBuffer.wrap(row.sessionId);
        return id.getLong() == idHigh && id.getLong() == idLow;
    }

    boolean saysSameAs(GivenName other) {
        return other != null
                && Objects.equals(host, other.host)
                && Objects.equals(source, other.source)
                && ageS == other.ageS
                && ttlS == other.ttlS;
    }

    GivenName asSettled() {
        return new GivenName(idHigh, idLow, host, source, ageS, ttlS, true);
    }

    /** Writes the name into a row; whether that changes it. */
    boolean giveTo(SessionRow row) {
        if (host == null) {
            return false;
        }
        boolean changes =
                !host.equals(row.host)
                        || !Objects.equals(source, row.hostSource)
                        || !Integer.valueOf(ageS).equals(row.hostAgeS)
                        || !Integer.valueOf(ttlS).equals(row.hostTtlS);
        row.host = host;
        row.hostSource = source;
        row.hostAgeS = ageS;
        row.hostTtlS = ttlS;
        return changes;
    }
}
