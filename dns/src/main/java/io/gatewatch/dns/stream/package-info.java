/** DNS over TCP: messages out of segments (RFC 1035 section 4.2.2, RFC 7766). */
package io.gatewatch.dns.stream;
