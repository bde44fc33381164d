package io.gatewatch.sql;

import io.gatewatch.demo.database.BundledServer;
import io.gatewatch.demo.database.ServerInstallation;
import java.io.IOException;
import java.nio.file.Path;

/** The views for another tool's pages on the MariaDB that comes along. */
class MariaDbCompatibilityIT extends CompatibilityContract {
    @Override
    ServerInstallation installation(Path dir) throws IOException {
        return BundledServer.unpack(BundledServer.defaultCache());
    }
}
