/** From a capture's reader into the batcher: what the agent and the analysis of files share. */
package io.gatewatch.capture;
