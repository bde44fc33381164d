package io.gatewatch.job.ledger;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * An agent's report of one capture minute.
 *
 * @param minute counted from 1970, at most {@link BatchArrival#MAX_MINUTE}
 */
public record MinuteReport(LedgerKey key, long minute, MinuteFigures figures) {
    /** For whoever carries a report with other things. */
    public void write(DataOutput target) throws IOException {
        key.write(target);
        target.writeLong(minute);
        figures.write(target);
    }

    /** Reads what {@link #write} has written. */
    public static MinuteReport read(DataInput source) throws IOException {
        return new MinuteReport(
                LedgerKey.read(source), source.readLong(), MinuteFigures.read(source));
    }
}
