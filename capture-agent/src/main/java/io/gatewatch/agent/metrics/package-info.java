/** What the agent counted, for people, for Prometheus and as JSON. */
package io.gatewatch.agent.metrics;
