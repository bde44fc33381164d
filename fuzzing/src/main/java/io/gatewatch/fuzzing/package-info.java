/**
 * Entry points that take any bytes, one for each place where bytes come from outside, for a
 * coverage-guided fuzzer. Each throws only if the program is wrong.
 */
package io.gatewatch.fuzzing;
