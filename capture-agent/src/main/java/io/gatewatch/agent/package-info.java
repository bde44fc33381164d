/** The capture agent: wires capture, batching and shipping together and runs them. */
package io.gatewatch.agent;
