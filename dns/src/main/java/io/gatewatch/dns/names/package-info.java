/** The names that answers give to addresses, as the client that asked knew them. */
package io.gatewatch.dns.names;
