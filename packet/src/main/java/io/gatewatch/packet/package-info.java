/**
 * From the bytes of a frame to its headers: the decoder, the view it fills, its outcomes. A header
 * decoder reads one header and says what follows; the decoder goes from one to the next.
 */
package io.gatewatch.packet;
