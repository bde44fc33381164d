package io.gatewatch.job.sink.jdbc;

import java.io.Serializable;
import org.apache.flink.connector.jdbc.datasource.connections.JdbcConnectionProvider;

/** Where connections come from. */
interface Database extends Serializable {
    /** A provider of one connection, not open yet. */
    JdbcConnectionProvider connections();
}
