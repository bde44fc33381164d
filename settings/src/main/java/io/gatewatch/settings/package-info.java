/**
 * How every command is told what to do: options on the command line, in the environment and in a
 * YAML file; one line for each user error; exit codes that mean something.
 */
package io.gatewatch.settings;
