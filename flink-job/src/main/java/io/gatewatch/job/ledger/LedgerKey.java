package io.gatewatch.job.ledger;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Whose packets are accounted for: one run of one agent.
 *
 * @param site the gateway's site
 * @param gateway who captured
 * @param bootId the run; 0 where rows are of no run
 */
public record LedgerKey(String site, String gateway, long bootId) {
    void write(DataOutput target) throws IOException {
        target.writeUTF(site);
        target.writeUTF(gateway);
        target.writeLong(bootId);
    }

    static LedgerKey read(DataInput source) throws IOException {
        return new LedgerKey(source.readUTF(), source.readUTF(), source.readLong());
    }
}
