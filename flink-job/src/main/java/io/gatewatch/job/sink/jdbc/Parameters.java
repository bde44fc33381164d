package io.gatewatch.job.sink.jdbc;

import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Sets the parameters of a statement one after another. Times go as local times of UTC, so neither
 * the zone of this process nor that of the server's session moves them; they are cut to
 * microseconds here, because the server would round. Reused; not thread safe.
 */
final class Parameters {
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;
    private static final int MAC_LENGTH = 6;

    private PreparedStatement statement;
    private int index;

    /** Begins with the first parameter. */
    Parameters of(PreparedStatement target) {
        statement = target;
        index = 0;
        return this;
    }

    Parameters text(String value) throws SQLException {
        if (value == null) {
            statement.setNull(++index, Types.VARCHAR);
        } else {
            statement.setString(++index, value);
        }
        return this;
    }

    Parameters number(long value) throws SQLException {
        statement.setLong(++index, value);
        return this;
    }

    /** A number, or NULL for {@code missing}. */
    Parameters numberOrNull(long value, long missing) throws SQLException {
        if (value == missing) {
            statement.setNull(++index, Types.BIGINT);
        } else {
            statement.setLong(++index, value);
        }
        return this;
    }

    Parameters bytes(byte[] value) throws SQLException {
        statement.setBytes(++index, value);
        return this;
    }

    /** Eight bytes, highest first. */
    Parameters bytes(long value) throws SQLException {
        return bytes(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    /** Six bytes, or NULL for {@code missing}. */
    Parameters mac(long value, long missing) throws SQLException {
        if (value == missing) {
            statement.setNull(++index, Types.BINARY);
            return this;
        }
        byte[] octets = new byte[MAC_LENGTH];
        for (int i = 0; i < MAC_LENGTH; i++) {
            octets[i] = (byte) (value >>> (8 * (MAC_LENGTH - 1 - i)));
        }
        return bytes(octets);
    }

    /** A time in nanoseconds since 1970-01-01 UTC. */
    Parameters timeNs(long timeNs) throws SQLException {
        int nanos = (int) Math.floorMod(timeNs, NANOS_PER_SECOND);
        statement.setObject(
                ++index,
                LocalDateTime.ofEpochSecond(
                        Math.floorDiv(timeNs, NANOS_PER_SECOND),
                        nanos - nanos % NANOS_PER_MICRO,
                        ZoneOffset.UTC));
        return this;
    }

    /** As {@link #timeNs}, or NULL for {@code missing}. */
    Parameters timeNsOrNull(long timeNs, long missing) throws SQLException {
        if (timeNs == missing) {
            statement.setNull(++index, Types.TIMESTAMP);
            return this;
        }
        return timeNs(timeNs);
    }

    Parameters timeMs(long timeMs) throws SQLException {
        return timeNs(timeMs * NANOS_PER_MILLI);
    }
}
