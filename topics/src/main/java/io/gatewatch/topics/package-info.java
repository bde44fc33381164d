/** Kafka topics: their names and defaults, how they are created and checked, how one connects. */
package io.gatewatch.topics;
