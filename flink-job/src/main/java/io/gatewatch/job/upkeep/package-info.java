/** Daily upkeep of the database by the job itself. */
package io.gatewatch.job.upkeep;
