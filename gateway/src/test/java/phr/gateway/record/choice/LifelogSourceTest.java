package phr.gateway.record.choice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phr.gateway.record.choice.LifelogSource.Kind;

/** Sources as devices of Observations tell them. */
class LifelogSourceTest {

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }

    @ParameterizedTest
    @CsvSource({
        "'Watch7,1', WATCH",
        "Pixel Watch 3, WATCH",
        "SM-R960, WATCH",
        "Galaxy Ring, WATCH",
        "Forerunner 265, WATCH",
        "Charge 6, WATCH",
        "'iPhone16,2', PHONE",
        "Pixel 8, PHONE",
        "SM-S921Q, PHONE",
        "Xperia 1 VI, PHONE",
        "SO-51E, PHONE",
        "com.example.steps, APP",
        "monitoring, APP",
        "'', APP"
    })
    void the_name_of_a_model_tells_its_kind(String device, Kind kind) {
        assertEquals(kind, new LifelogSource("urn:a", device, "").kind());
        assertEquals(kind, new LifelogSource("urn:a", "", device).kind());
    }

    @Test
    void a_device_is_the_same_whatever_its_version() throws IOException {
        String observation = """
                {"contained":[{"resourceType":"Device","id":"device","manufacturer":"Example",
                 "deviceName":[{"name":"Watch7,1","type":"model-name"},{"name":"腕時計","type":"user-friendly-name"}],
                 "version":[{"value":"11.%s"}]}],"device":{"reference":"#device"}}""";
        LifelogSource source = LifelogSource.of("urn:a", json(observation.formatted(1)));
        assertEquals(new LifelogSource("urn:a", "Watch7,1", "腕時計"), source);
        assertEquals(source, LifelogSource.of("urn:a", json(observation.formatted(2))));
        assertEquals("腕時計 (Watch7,1)", source.text());
    }

    @Test
    void a_device_elsewhere_is_known_by_what_the_reference_says() throws IOException {
        assertEquals(
                new LifelogSource("urn:a", "歩数計", ""),
                LifelogSource.of("urn:a", json("{\"device\":{\"reference\":\"Device/1\",\"display\":\"歩数計\"}}")));
        assertEquals(
                new LifelogSource("urn:a", "Device/1", ""),
                LifelogSource.of("urn:a", json("{\"device\":{\"reference\":\"Device/1\"}}")));
        assertEquals(new LifelogSource("urn:a", "", ""), LifelogSource.of("urn:a", json("{}")));
    }
}
