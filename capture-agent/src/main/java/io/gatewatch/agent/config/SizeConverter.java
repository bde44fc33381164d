package io.gatewatch.agent.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Sizes in bytes as people write them: {@code 65536}, {@code 64k}, {@code 16m}, {@code 1g}. */
final class SizeConverter implements ITypeConverter<Long> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,12})([kmg]?)(?:i?b)?");
    private static final int SHIFT = 10;

    @Override
    public Long convert(String value) {
        Matcher form = FORM.matcher(value.strip().toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            throw new TypeConversionException(
                    "'" + value + "' is not a size: bytes, or a number and k, m or g, as in 64m");
        }
        int shift = form.group(2).isEmpty() ? 0 : SHIFT * ("kmg".indexOf(form.group(2)) + 1);
        return Long.parseLong(form.group(1)) << shift;
    }
}
