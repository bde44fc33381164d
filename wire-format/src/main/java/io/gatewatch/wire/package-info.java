/**
 * The record between agent and job, version 1: layout, encoder, decoder. {@code
 * docs/wire-format.md} specifies it byte by byte.
 */
package io.gatewatch.wire;
