package phr.deploy.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class SightTest {

    private static final String HERS = """
            [{"id":"lab","meta":{"security":[{"code":"N"}]},"category":[{"coding":[{"code":"laboratory"}]}]},
             {"id":"hepatitis","meta":{"security":[{"code":"R"}]},"category":[{"coding":[{"code":"laboratory"}]}]},
             {"id":"unlabelled","category":[{"coding":[{"code":"exam"}]}]},
             {"id":"steps","meta":{"security":[{"code":"N"}]},"category":[{"coding":[{"code":"activity"}]}]}]""";

    @Test
    void theRightViewIsExact() throws JsonProcessingException {
        Sight sight = Sight.of(json(HERS), json("[{\"id\":\"lab\"}]"));
        assertTrue(sight.exact());
        assertEquals(1, sight.steps().size());
        assertEquals(2, sight.restricted().size());
        assertEquals(4, sight.hers().size());
    }

    @Test
    void oneTooManyOrTooFewIsNoticed() throws JsonProcessingException {
        assertFalse(Sight.of(json(HERS), json("[]")).exact());
        assertFalse(Sight.of(json(HERS), json("[{\"id\":\"lab\"},{\"id\":\"steps\"}]"))
                .exact());
        assertFalse(Sight.of(json(HERS), json("[{\"id\":\"lab\"},{\"id\":\"hepatitis\"}]"))
                .exact());
        assertFalse(Sight.of(json(HERS), json("[{\"id\":\"lab\"},{\"id\":\"foreign\"}]"))
                .exact());
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return Answer.JSON.readTree(text);
    }
}
