package phr.deploy.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import phr.deploy.machine.StartupException;

class DemoTextTest {

    @Test
    void aRequestIsShownAsALineForTheShell() {
        Request request = Request.post("k", "/ingest/7?x=%20").purpose("PATRQT").json("{\"a\":1}");
        assertEquals("""
                curl -X POST 'http://127.0.0.1:1/ingest/7?x=%20' \\
                    -H "Authorization: Bearer $TOKEN" \\
                    -H 'Purpose-Of-Use: PATRQT' \\
                    -H 'Content-Type: application/json' \\
                    -d '{"a":1}'""", request.curl("http://127.0.0.1:1"));
    }

    @Test
    void longAnswersAreShortened() throws JsonProcessingException {
        String shown =
                Shortened.of(Answer.JSON.readTree("{\"list\":[1,2,3,4,5],\"text\":\"" + "x".repeat(500) + "\"}"));
        assertTrue(shown.contains("… 3 more"));
        assertFalse(shown.contains("x".repeat(100)));
    }

    @Test
    void optionsAreRead() {
        Options usual = Options.parse(List.of(), Map.of());
        assertEquals(8081, usual.portA());
        assertFalse(usual.check());
        Options set = Options.parse(List.of("--fresh"), Map.of("PHR_PORT_A", "9001", "PHR_PORT_B", ""));
        assertEquals(9001, set.portA());
        assertEquals(8082, set.portB());
        assertTrue(set.fresh());
    }

    @Test
    void aCheckTakesFreePortsButObeys() {
        Options check = Options.parse(List.of("--check"), Map.of("PHR_PORT_B", "9002"));
        assertTrue(check.portA() > 0 && check.portA() != 8081);
        assertEquals(9002, check.portB());
    }

    @Test
    void nonsenseIsExplained() {
        assertTrue(assertThrows(StartupException.class, () -> Options.parse(List.of("--chek"), Map.of()))
                .getMessage()
                .contains("--help"));
        for (String port : List.of("x", "0", "65536", "-1", "999999")) {
            assertThrows(StartupException.class, () -> Options.parse(List.of(), Map.of("PHR_PORT_A", port)), port);
        }
    }
}
