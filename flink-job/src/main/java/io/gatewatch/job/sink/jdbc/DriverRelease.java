package io.gatewatch.job.sink.jdbc;

import com.mysql.cj.jdbc.AbandonedConnectionCleanupThread;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the database driver back when a cluster lets go of the job's classes. The driver is known
 * to the JDK's {@link DriverManager} and has a thread: each would hold all of the job's classes for
 * ever, and a cluster loads them anew whenever the job starts again.
 */
final class DriverRelease {
    private static final Logger LOG = LoggerFactory.getLogger(DriverRelease.class);
    private static final String NAME = "gatewatch-database-driver";

    private DriverRelease() {}

    /** Once for a job, however often it is called. Does nothing where classes are never let go. */
    static void register(RuntimeContext job) {
        if (loader(DriverRelease.class) != ClassLoader.getSystemClassLoader()) {
            job.registerUserCodeClassLoaderReleaseHookIfAbsent(NAME, DriverRelease::release);
        }
    }

    private static void release() {
        AbandonedConnectionCleanupThread.uncheckedShutdown();
        for (Driver driver : Collections.list(DriverManager.getDrivers())) {
            if (loader(driver.getClass()) == loader(DriverRelease.class)) {
                deregister(driver);
            }
        }
    }

    private static void deregister(Driver driver) {
        try {
            DriverManager.deregisterDriver(driver);
        } catch (SQLException e) {
            LOG.warn("database driver not released: {}", e.getMessage());
        }
    }

    private static ClassLoader loader(Class<?> type) {
        return type.getClassLoader();
    }
}
