/**
 * Everything at once: starts a broker, a database, the job and an agent as child processes and says
 * what was found. What starts and ends processes is public: integration tests use it as well.
 */
package io.gatewatch.demo;
