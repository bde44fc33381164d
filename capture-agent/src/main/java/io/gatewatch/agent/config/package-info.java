/** The agent's options, what they may be, and the settings that they make. */
package io.gatewatch.agent.config;
