/** Serializers of our own for everything that flows or is kept: versioned, never Kryo. */
package io.gatewatch.job.type;
