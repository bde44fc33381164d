package io.gatewatch.job.sink.jdbc;

import io.gatewatch.settings.JdbcOptions;
import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.connector.jdbc.JdbcConnectionOptions;
import org.apache.flink.connector.jdbc.JdbcExecutionOptions;

/**
 * How sinks reach the database and write to it.
 *
 * @param password null for none
 */
public record JdbcSettings(String url, String user, String password) implements Serializable {
    private static final String DRIVER = "com.mysql.cj.jdbc.Driver";
    private static final int ROWS_PER_STATEMENT = 500;

    /** Rows do not wait for the next checkpoint: it may be minutes away. */
    private static final long BATCH_INTERVAL_MS = 1000;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** A server that does not answer a batch for so long is taken for gone. */
    private static final Duration SOCKET_TIMEOUT = Duration.ofMinutes(2);

    /** A deadlock is over within so many attempts; what lasts longer is for Flink's restarts. */
    private static final int RETRIES = 3;

    public static JdbcSettings of(JdbcOptions options) {
        return new JdbcSettings(options.url, options.user, options.password());
    }

    JdbcConnectionOptions connection() {
        JdbcConnectionOptions.JdbcConnectionOptionsBuilder builder =
                new JdbcConnectionOptions.JdbcConnectionOptionsBuilder()
                        .withUrl(url)
                        .withDriverName(DRIVER)
                        .withUsername(user)
                        // One statement of many rows in the place of many: several times faster.
                        .withProperty("rewriteBatchedStatements", "true")
                        .withProperty("connectionTimeZone", "UTC")
                        .withProperty("connectTimeout", Long.toString(CONNECT_TIMEOUT.toMillis()))
                        .withProperty("socketTimeout", Long.toString(SOCKET_TIMEOUT.toMillis()))
                        .withProperty("tcpKeepAlive", "true");
        return password == null ? builder.build() : builder.withPassword(password).build();
    }

    /** Rows go to the server when so many are there, once a second, and before every checkpoint. */
    static JdbcExecutionOptions execution() {
        return JdbcExecutionOptions.builder()
                .withBatchSize(ROWS_PER_STATEMENT)
                .withBatchIntervalMs(BATCH_INTERVAL_MS)
                .withMaxRetries(RETRIES)
                .build();
    }

    @Override
    public String toString() {
        return "JdbcSettings[url=" + url + ", user=" + user + "]";
    }
}
