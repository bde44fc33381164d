/**
 * Upkeep of the tables that are partitioned by day: days ahead, days past their retention. Its
 * tests are the schema's, in module {@code sql}, where there are tables.
 */
package io.gatewatch.partitions;
