package phr.deploy.bench.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeartRatesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void bundles_go_on_where_the_last_one_ended() throws IOException {
        HeartRates rates = new HeartRates("Patient/1", HeartRates.Form.TRANSACTION, 700, 3, 1);
        List<JsonNode> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            JSON.readTree(rates.next()).path("entry").forEach(entry -> all.add(entry.path("resource")));
        }
        assertEquals(2_100, all.size());
        assertEquals(
                2_100,
                new HashSet<>(all.stream().map(one -> one.path("id").asText()).toList()).size());
        for (int i = 0; i < all.size(); i++) {
            OffsetDateTime time =
                    OffsetDateTime.parse(all.get(i).path("effectiveDateTime").asText());
            assertEquals(
                    Duration.ofMinutes(3L * i),
                    Duration.between(OffsetDateTime.parse("2016-01-01T00:00:00+09:00"), time));
            int beats = all.get(i).path("valueQuantity").path("value").asInt();
            assertTrue(beats >= 52 && beats < 98);
        }
    }

    @Test
    void lines_are_resources() throws IOException {
        byte[] lines = new HeartRates("Patient/1", HeartRates.Form.NDJSON, 5, 1, 1).next();
        int count = JSON.readerFor(JsonNode.class).readValues(lines).readAll().size();
        assertEquals(5, count);
    }
}
