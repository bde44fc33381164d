package io.gatewatch.job.ledger;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * One row of the table {@code ledger}.
 *
 * @param minute counted from 1970
 * @param place where the packets were left: see {@link Reasons}
 * @param reason why
 * @param detail what more is known, mostly nothing
 * @param packets an absolute total, never negative
 */
public record LedgerRow(
        LedgerKey key, long minute, String place, String reason, String detail, long packets) {
    static final String NO_DETAIL = "";

    boolean hasNameOf(LedgerRow other) {
        return minute == other.minute
                && place.equals(other.place)
                && reason.equals(other.reason)
                && detail.equals(other.detail)
                && key.equals(other.key);
    }

    LedgerRow without() {
        return new LedgerRow(key, minute, place, reason, detail, 0);
    }

    void write(DataOutput target) throws IOException {
        key.write(target);
        target.writeLong(minute);
        target.writeUTF(place);
        target.writeUTF(reason);
        target.writeUTF(detail);
        target.writeLong(packets);
    }

    static LedgerRow read(DataInput source) throws IOException {
        return new LedgerRow(
                LedgerKey.read(source),
                source.readLong(),
                source.readUTF(),
                source.readUTF(),
                source.readUTF(),
                source.readLong());
    }
}
