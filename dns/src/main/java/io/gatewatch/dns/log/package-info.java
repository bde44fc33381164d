/** What the DNS log says of each message, out of the packets of a flow. */
package io.gatewatch.dns.log;
