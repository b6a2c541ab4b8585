package phr.gateway.ingest.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CreatedTest {

    @Test
    void ids_are_read_as_they_were_written() {
        UUID one = UUID.randomUUID();
        UUID two = UUID.randomUUID();
        Created created = new Created();
        created.add("Observation", one);
        created.add("Provenance", two);
        created.add("Observation", two);
        assertEquals(
                Map.of("Observation", List.of(one, two), "Provenance", List.of(two)),
                Created.parse(created.bytes()).ids());
        assertEquals(Map.of(), Created.parse(new Created().bytes()).ids());
    }
}
