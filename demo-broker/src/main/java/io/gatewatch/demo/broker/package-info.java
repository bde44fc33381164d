/**
 * A Kafka broker that is its own controller (KRaft), as a process of its own, for the demo and for
 * tests: loopback only, and never alive longer than the process that started it.
 */
package io.gatewatch.demo.broker;
