package phr.gateway.record.postgres;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import phr.fhir.Sha256;
import phr.fhir.facts.Labels;
import phr.fhir.facts.PhrCategory;
import phr.fhir.normalise.SourceIdentity;

class EnvelopeTest {

    private static final byte[] JSON = """
            {"resourceType":"Observation","id":"0199f3f0-1111-7abc-8def-0123456789ab","meta":{"versionId":"1",\
            "lastUpdated":"2026-04-02T00:00:00Z"},"status":"final","code":{"coding":[{"system":\
            "urn:oid:1.2.392.200119.6.1005","code":"9A751000000000001","display":"収縮期血圧(1回目)"}]},\
            "valueQuantity":{"value":124,"unit":"mmHg","system":"http://unitsofmeasure.org","code":"mm[Hg]"}}""".getBytes(StandardCharsets.UTF_8);

    private static final Envelope ENVELOPE = new Envelope(
            new SourceIdentity("https://phr.example/fhir", "one|2", null),
            List.of("checkup-specific"),
            List.of("Patient/0199f3f0-1111-7abc-8def-0123456789ab"),
            null,
            JSON);

    @Test
    void what_is_written_is_read_again() {
        same(Envelope.parse(ENVELOPE.bytes()));
    }

    @Test
    void a_resource_takes_a_third_of_its_json() {
        assertTrue(ENVELOPE.bytes().length * 3 < JSON.length, () -> ENVELOPE.bytes().length + " of " + JSON.length);
    }

    @Test
    void the_dictionary_never_changes() throws IOException {
        try (InputStream dictionary = Envelope.class.getResourceAsStream("envelope-1.zdict")) {
            assertEquals(
                    "eee2164a610704d023c969ca50dac331497e6425efb1fafd017d0bc67a98de7c",
                    Sha256.of(dictionary.readAllBytes()).hex());
        }
    }

    @Test
    void what_was_written_before_compression_is_read_still() {
        byte[] plain = ENVELOPE.plain();
        same(Envelope.parse(
                ByteBuffer.allocate(1 + plain.length).put((byte) 2).put(plain).array()));
    }

    @Test
    void however_large_a_resource_is_what_is_written_is_read_again() {
        byte[] json = new byte[65 * 1024 * 1024];
        Arrays.fill(json, (byte) 'x');
        Envelope large = new Envelope(ENVELOPE.source(), List.of(), List.of(), null, json);
        assertArrayEquals(json, Envelope.parse(large.bytes()).json());
    }

    @Test
    void what_labels_are_made_from_is_read_again() {
        for (boolean quarantined : new boolean[] {false, true}) {
            LabelOrigin origin = new LabelOrigin(Set.of(PhrCategory.LAB), Labels.NORMAL, null, quarantined);
            Envelope labelled = new Envelope(ENVELOPE.source(), List.of(), List.of(), origin, JSON);
            assertEquals(origin, Envelope.parse(labelled.bytes()).origin());
        }
    }

    @Test
    void a_layout_of_the_future_is_refused() {
        assertThrows(IllegalStateException.class, () -> Envelope.parse(new byte[] {4, 0, 0}));
        assertThrows(IllegalStateException.class, () -> Envelope.parse(new byte[] {0, 0, 0}));
    }

    private static void same(Envelope read) {
        assertEquals(ENVELOPE.source(), read.source());
        assertEquals(ENVELOPE.categories(), read.categories());
        assertEquals(ENVELOPE.links(), read.links());
        assertNull(read.origin());
        assertArrayEquals(JSON, read.json());
    }
}
