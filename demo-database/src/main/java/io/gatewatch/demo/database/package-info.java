/**
 * A MariaDB or MySQL server as a process of its own, for the demo and for tests: loopback only, one
 * user, and never alive longer than the process that started it.
 */
package io.gatewatch.demo.database;
