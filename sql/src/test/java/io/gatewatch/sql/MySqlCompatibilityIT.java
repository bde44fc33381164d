package io.gatewatch.sql;

import io.gatewatch.demo.database.ServerInstallation;
import java.io.IOException;
import java.nio.file.Path;

/** The views for another tool's pages on MySQL 8. */
class MySqlCompatibilityIT extends CompatibilityContract {
    @Override
    ServerInstallation installation(Path dir) throws IOException {
        return MySqlServer.unpackedBelow(dir);
    }
}
