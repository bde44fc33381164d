package io.gatewatch.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatewatch.wire.CaptureInterface;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkTypeCheckTest {
    private static final CaptureInterface ETHERNET = new CaptureInterface("eth0", 1);
    private static final CaptureInterface UNKNOWN = new CaptureInterface("x", 65_000);
    private static final CaptureInterface OTHER = new CaptureInterface("y", 64_000);

    @Test
    void shouldAcceptAnInputWithOneSupportedInterface() {
        assertThat(LinkTypeCheck.problem(List.of(UNKNOWN, ETHERNET))).isEmpty();
    }

    @Test
    void shouldNameTheLinkTypesOfAnInputWithoutASupportedOne() {
        assertThat(LinkTypeCheck.problem(List.of(UNKNOWN, OTHER, UNKNOWN)))
                .contains("no supported link type: only 64000, 65000");
    }

    @Test
    void shouldTakeAnInputWithoutInterfacesForEmpty() {
        assertThat(LinkTypeCheck.problem(List.of())).isEmpty();
    }
}
