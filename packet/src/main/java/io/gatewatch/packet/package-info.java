/** From the bytes of a frame to its headers: the decoder, the view it fills, its outcomes. */
package io.gatewatch.packet;
