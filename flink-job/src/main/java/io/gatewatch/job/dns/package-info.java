/** DNS messages out of flow slices: rows of the DNS log, and what they say about addresses. */
package io.gatewatch.job.dns;
