package io.gatewatch.sql;

import io.gatewatch.demo.database.ServerInstallation;
import java.io.IOException;
import java.nio.file.Path;

/** The ledger on MySQL 8. */
class MySqlLedgerIT extends LedgerContract {
    @Override
    ServerInstallation installation(Path dir) throws IOException {
        return MySqlServer.unpackedBelow(dir);
    }
}
