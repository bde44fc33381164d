package io.gatewatch.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTableTest {
    @Test
    void shouldAlignColumnsAndLeaveNoSpacesAtTheEnd() {
        TextTable table = new TextTable("name", ">count", "note");
        table.row("a", TextTable.number(1_234_567), "");
        table.row("longer", "8", "x");

        assertThat(table.lines())
                .containsExactly(
                        "name        count  note", "a       1,234,567", "longer          8  x");
    }
}
