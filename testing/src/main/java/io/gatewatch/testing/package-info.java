/**
 * Builders of frames, conversations and capture files, and seeded fuzzing: for tests alone. The JDK
 * is all they need, so that every module can use them; what they write is checked here against
 * bytes spelled out by hand, since the decoders are tested with it.
 */
package io.gatewatch.testing;
