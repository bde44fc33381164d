package io.gatewatch.job.eventtime;

import static io.gatewatch.job.Captures.START_NS;
import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.job.sink.SessionRowSerializer;
import io.gatewatch.traffic.session.EndReason;
import io.gatewatch.traffic.session.RowKind;
import io.gatewatch.traffic.session.SessionFlag;
import io.gatewatch.traffic.session.SessionRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.memory.DataOutputSerializer;

/** The table {@code sessions}: of each session the row with the highest revision. */
final class SessionTable {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Map<String, SessionRow> rows = new TreeMap<>();

    void put(SessionRow row) {
        String id = HexFormat.of().formatHex(row.sessionId);
        SessionRow known = rows.get(id);
        if (known == null || row.revision >= known.revision) {
            row.kind = RowKind.FINAL; // no column: what may still come does not stand in the table
            rows.put(id, row);
        }
    }

    /** All rows by session id. */
    Collection<SessionRow> rows() {
        return rows.values();
    }

    /** Compares column by column; of the expected rows each has an id of its own. */
    void assertHolds(Collection<SessionRow> expected) throws IOException {
        SessionTable table = new SessionTable();
        expected.forEach(table::put);
        assertThat(table.rows).hasSameSizeAs(expected);
        if (!Arrays.equals(bytes(), table.bytes())) {
            // Slow, but it says what differs.
            assertThat(rows.values())
                    .usingRecursiveFieldByFieldElementComparator()
                    .containsExactlyElementsOf(table.rows.values());
            throw new AssertionError("rows differ in a way that cannot be shown");
        }
    }

    private byte[] bytes() throws IOException {
        SessionRowSerializer serializer = new SessionRowSerializer();
        DataOutputSerializer out = new DataOutputSerializer(1 << 16);
        for (SessionRow row : rows.values()) {
            serializer.serialize(row, out);
        }
        return out.getCopyOfBuffer();
    }

    Collection<EndReason> endReasons() {
        return rows.values().stream().map(row -> row.endReason).toList();
    }

    /**
     * Rows in order of start as {@code 40000 from 0.000 to 0.002: 3 packets, idle, late}: client
     * port, seconds after {@code START_NS}, packets of both sides, how it ended, flags.
     */
    List<String> summary() {
        List<SessionRow> sorted = new ArrayList<>(rows.values());
        sorted.sort(Comparator.comparingLong(row -> row.startTimeNs));
        return sorted.stream().map(SessionTable::line).toList();
    }

    private static String line(SessionRow row) {
        StringBuilder line = new StringBuilder();
        line.append(
                String.format(
                        Locale.ROOT,
                        "%d from %.3f to %.3f: %d packets, %s",
                        row.clientPort,
                        (row.startTimeNs - START_NS) / NANOS_PER_SECOND,
                        (row.endTimeNs - START_NS) / NANOS_PER_SECOND,
                        row.clientPackets + row.serverPackets,
                        row.endReason.text()));
        for (SessionFlag flag : SessionFlag.values()) {
            if ((row.flags & flag.bit()) != 0) {
                line.append(", ").append(flag.text());
            }
        }
        return line.toString();
    }
}
