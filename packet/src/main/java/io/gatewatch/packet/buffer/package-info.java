/** The bounded window on a frame that all header decoders read through. */
package io.gatewatch.packet.buffer;
