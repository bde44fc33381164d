/** Options of the job's commands, and what they become inside of the job. */
package io.gatewatch.job.config;
