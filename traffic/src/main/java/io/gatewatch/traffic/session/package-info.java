/** Packets of a flow to sessions: the rules, their state, their rows. */
package io.gatewatch.traffic.session;
