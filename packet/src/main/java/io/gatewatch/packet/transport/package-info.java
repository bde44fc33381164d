/** TCP, UDP, ICMP and ICMPv6: what gives a packet its ports and its payload. */
package io.gatewatch.packet.transport;
