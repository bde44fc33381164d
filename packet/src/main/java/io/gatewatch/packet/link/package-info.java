/**
 * Layer 2: one class per capture link type and per header between link and network layer, and the
 * registries that list them.
 */
package io.gatewatch.packet.link;
