/** What tells flows apart, and the identifiers made from it. */
package io.gatewatch.traffic.flow;
