package io.gatewatch.agent.config;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How fast a capture file is played.
 *
 * @param factor times as fast as it was captured; infinite for as fast as possible
 */
public record Speed(double factor) {
    public static final Speed MAX = new Speed(Double.POSITIVE_INFINITY);

    private static final double LOWEST = 0.001;
    private static final double HIGHEST = 1_000_000;

    /** Reads {@code max} or a number. */
    static final class Converter implements ITypeConverter<Speed> {
        @Override
        public Speed convert(String value) {
            if (value.equalsIgnoreCase("max")) {
                return MAX;
            }
            try {
                double factor = Double.parseDouble(value);
                if (factor >= LOWEST && factor <= HIGHEST) {
                    return new Speed(factor);
                }
            } catch (NumberFormatException e) {
                throw refused(value);
            }
            throw refused(value);
        }

        private static TypeConversionException refused(String value) {
            return new TypeConversionException(
                    "'"
                            + value
                            + "' must be max, or a number from 0.001 to 1000000 (1: as captured)");
        }
    }
}
