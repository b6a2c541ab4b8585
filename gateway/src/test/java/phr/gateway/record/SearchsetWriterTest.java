package phr.gateway.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.Test;
import phr.fhir.Fhir;

class SearchsetWriterTest {

    private static final String BASE = "https://phr.example/fhir";

    @Test
    void a_page_is_a_searchset_with_links() throws IOException {
        UUID first = new UUID(1, 1);
        UUID second = new UUID(2, 2);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SearchsetWriter writer = new SearchsetWriter(out, BASE);
        writer.begin("searchset", false);
        writer.add("Observation", first, observation(first), "match");
        writer.add("Observation", second, observation(second), "match");
        writer.end("Observation?patient=x\"y", "Observation?_cursor=z");
        Bundle bundle = Fhir.json().parseResource(Bundle.class, out.toString(StandardCharsets.UTF_8));
        assertEquals(Bundle.BundleType.SEARCHSET, bundle.getType());
        assertEquals(2, bundle.getEntry().size());
        assertEquals(BASE + "/Observation/" + second, bundle.getEntry().get(1).getFullUrl());
        assertEquals(BASE + "/Observation?patient=x\"y", bundle.getLink("self").getUrl());
        assertEquals(BASE + "/Observation?_cursor=z", bundle.getLink("next").getUrl());
        assertFalse(bundle.hasTotal());
    }

    @Test
    void an_empty_page_has_no_entries_at_all() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SearchsetWriter writer = new SearchsetWriter(out, BASE);
        writer.begin("searchset", false);
        writer.end("Observation?patient=x", null);
        assertEquals(
                "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"link\":[{\"relation\":\"self\",\"url\":\"" + BASE
                        + "/Observation?patient=x\"}]}",
                out.toString(StandardCharsets.UTF_8));
    }

    private static byte[] observation(UUID id) {
        return ("{\"resourceType\":\"Observation\",\"id\":\"" + id
                        + "\",\"status\":\"final\",\"code\":{\"text\":\"x\"}}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
