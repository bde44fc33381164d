/** IP and MAC addresses as the record holds them, and their text. */
package io.gatewatch.wire.address;
