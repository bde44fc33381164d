/**
 * Runs a capture from its reader through the batcher: what the agent and analysis of files share.
 */
package io.gatewatch.capture;
