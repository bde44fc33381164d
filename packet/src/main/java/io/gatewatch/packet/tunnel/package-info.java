/**
 * Packets within packets: one class per tunnel header, and the registry that says what carries one.
 */
package io.gatewatch.packet.tunnel;
