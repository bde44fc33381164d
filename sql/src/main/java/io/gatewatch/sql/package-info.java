/**
 * The database's schema: migrations that bring it to the current version, and the upkeep of the
 * tables that are partitioned by day. The migrations themselves are resources below {@code
 * db/migration}.
 */
package io.gatewatch.sql;
