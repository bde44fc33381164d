/** From finished batches to Kafka: the bounded queue, and the only code that has a producer. */
package io.gatewatch.agent.publish;
