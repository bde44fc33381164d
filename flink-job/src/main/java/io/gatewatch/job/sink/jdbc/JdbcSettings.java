package io.gatewatch.job.sink.jdbc;

import io.gatewatch.settings.JdbcOptions;
import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.connector.jdbc.JdbcConnectionOptions;
import org.apache.flink.connector.jdbc.datasource.connections.JdbcConnectionProvider;
import org.apache.flink.connector.jdbc.datasource.connections.SimpleJdbcConnectionProvider;

/**
 * How the job reaches the database.
 *
 * @param password null for none
 */
public record JdbcSettings(String url, String user, String password) implements Serializable {
    private static final String DRIVER = "com.mysql.cj.jdbc.Driver";
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** A server that does not answer a batch for so long is taken for gone. */
    private static final Duration SOCKET_TIMEOUT = Duration.ofMinutes(2);

    public static JdbcSettings of(JdbcOptions options) {
        return new JdbcSettings(options.url, options.user, options.password());
    }

    /** A provider of one connection, not open yet. */
    JdbcConnectionProvider connections() {
        return new SimpleJdbcConnectionProvider(options());
    }

    private JdbcConnectionOptions options() {
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

    @Override
    public String toString() {
        return "JdbcSettings[url=" + url + ", user=" + user + "]";
    }
}
