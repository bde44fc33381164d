package io.gatewatch.job.ledger;

import java.util.Map;

/** Where the accounts of one boot are kept. What was changed has to be kept again. */
interface LedgerStore {
    /** The boot's account, or null before anything is kept. */
    BootAccount boot() throws Exception;

    void keep(BootAccount boot) throws Exception;

    /** The account of a minute, or null. */
    MinuteAccount minute(long minute) throws Exception;

    void keep(long minute, MinuteAccount account) throws Exception;

    void forget(long minute) throws Exception;

    /** All minutes in any order. */
    Iterable<Map.Entry<Long, MinuteAccount>> minutes() throws Exception;

    /** Gives up everything about the boot. */
    void clear() throws Exception;
}
