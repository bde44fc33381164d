/** Reports of agents to rows of the table {@code gateways}. */
package io.gatewatch.job.gateways;
