/** The whole program under test, as its users run it: captures in, sessions out. */
package io.gatewatch.scenarios;
