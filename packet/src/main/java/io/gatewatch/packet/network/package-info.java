/** IPv4, IPv6 and the extension headers that stand between them and the transport header. */
package io.gatewatch.packet.network;
