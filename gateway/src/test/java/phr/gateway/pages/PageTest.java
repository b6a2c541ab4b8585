package phr.gateway.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {

    private static final String HOSTILE = "</title><script>alert('x')</script>\" onload=\"\u202Egpj.exe\u0000&";

    @Test
    void whatever_a_value_holds_is_text_everywhere_on_the_page() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Page page = Page.open(out, Language.ENGLISH, HOSTILE)) {
            page.lead(HOSTILE).heading(HOSTILE).paragraph(HOSTILE).small(HOSTILE);
            page.beginFacts().fact(HOSTILE, HOSTILE).fact("nothing", "").endFacts();
            page.beginTable(HOSTILE, List.of(HOSTILE)).row(List.of(HOSTILE)).endTable();
        }
        String html = out.toString(StandardCharsets.UTF_8);
        assertFalse(html.contains("<script"));
        assertFalse(html.contains("\u202E"));
        assertFalse(html.contains("\u0000"));
        assertFalse(html.contains("nothing"));
        assertEquals(1, html.split("</title>", -1).length - 1);
        assertTrue(html.startsWith("<!DOCTYPE html>\n<html lang=\"en\">"));
    }

    @Test
    void rare_characters_of_names_stay() {
        assertEquals("髙﨑𠮷野", Page.escape("髙﨑𠮷野"));
    }
}
