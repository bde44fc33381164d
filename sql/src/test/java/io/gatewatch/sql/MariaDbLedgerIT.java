package io.gatewatch.sql;

import io.gatewatch.demo.database.BundledServer;
import io.gatewatch.demo.database.ServerInstallation;
import java.io.IOException;
import java.nio.file.Path;

/** The ledger on the MariaDB that comes along. */
class MariaDbLedgerIT extends LedgerContract {
    @Override
    ServerInstallation installation(Path dir) throws IOException {
        return BundledServer.unpack(BundledServer.defaultCache());
    }
}
