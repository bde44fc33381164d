/** DNS messages (RFC 1035) in the form that log and names need. */
package io.gatewatch.dns.message;
