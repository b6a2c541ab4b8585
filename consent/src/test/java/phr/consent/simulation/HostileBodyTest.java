package phr.consent.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;

/** Bodies that are refused, where, and without repeating what they hold (consent-semantics.md §16.4, failures). */
class HostileBodyTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'consents':[],'more':1}                                              | /more
            {'consents':{}}                                                       | /consents
            {'consents':['x']}                                                    | /consents/0
            {'consents':[{}]}                                                     | /consents/0/resourceType
            {'consents':[{'resourceType':'Consent','color':'red'}]}               | /consents/0/color
            {'consents':[{'resourceType':'Consent','provision':[]}]}              | /consents/0/provision
            {'consents':[{'resourceType':'Consent','provision':{'actor':[1]}}]}   | /consents/0/provision/actor/0
            {'directives':[{'effect':'MAYBE'}]}                                   | /directives/0/effect
            {'directives':[{'effect':'DENY','color':1}]}                          | /directives/0/color
            {'directives':[{'effect':'DENY','validity':{'start':'2026-01-01T10:00:00'}}]} | /directives/0/validity/start
            {'directives':['x']}                                                  | /directives/0
            {'consents':[],'at':'2026-06-01T10:00:00'}                            | /at
            {'consents':[],'at':'2026-06-01'}                                     | /at
            {'consents':[],'at':20260601}                                         | /at
            {'consents':[],'request':[]}                                          | /request
            {'consents':[],'request':{'capacity':'BOSS'}}                         | /request/capacity
            {'consents':[],'request':{'action':'steal'}}                          | /request/action
            {'consents':[],'request':{'purposes':'TREAT'}}                        | /request/purposes
            {'consents':[],'request':{'purposes':[1]}}                            | /request/purposes/0
            {'consents':[],'request':{'app':{'id':1}}}                            | /request/app/id
            {'consents':[],'request':{'organisation':{'country':'Japan'}}}        | /request/organisation/country
            {'consents':[],'request':{'system':'true'}}                           | /request/system
            {'consents':[],'request':{'color':1}}                                 | /request/color
            {'consents':[],'resources':[{}]}                                      | /resources/0/resourceType
            {'consents':[],'resources':[1]}                                       | /resources/0
            {'consents':[],'resources':[{'resourceType':'Nothing'}]}              | /resources/0
            {'consents':[],'resources':[{'resourceType':'Patient','color':1}]}    | /resources/0
            {'consents':[],'resources':[{'resourceType':'Patient','name':'x'}]}   | /resources/0
            {'consents':[],'context':{'labelling':'SOMETIMES'}}                   | /context/labelling
            {'consents':[],'context':{'subject':{'birthDate':'soon'}}}            | /context/subject/birthDate
            {'consents':[],'context':{'emergencies':[{'kind':'FIRE'}]}}           | /context/emergencies/0/openedAt
            {'consents':[],'context':{'policies':[{}]}}                           | /context/policies/0/uri
            {'request':{}}                                                        | /
            """)
    void isRefusedAtItsPlace(String body, String pointer) {
        Failure failure = refused(body.replace('\'', '"'));
        assertEquals(Category.MALFORMED, failure.category());
        List<String> pointers = failure.issues().stream()
                .flatMap(issue -> issue.expressions().stream())
                .toList();
        assertTrue(pointers.contains(pointer), pointers::toString);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "7",
                "{",
                "{'consents':[]} x",
                "{'consents':[],'consents':[]}",
                "{'at':1e9999999999}"
            })
    void isNoBody(String body) {
        assertEquals(Category.MALFORMED, refused(body.replace('\'', '"')).category());
    }

    @Test
    void deepNestingIsRefused() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        assertEquals(Category.MALFORMED, refused("{\"consents\":" + deep + "}").category());
        String provisions = "{\"provision\":[".repeat(40) + "]}".repeat(40);
        String consent = "{\"resourceType\":\"Consent\",\"provision\":" + provisions + "}";
        assertEquals(
                Category.MALFORMED, refused("{\"consents\":[" + consent + "]}").category());
    }

    @Test
    void tooManyElementsAreALimit() {
        String many = "{},".repeat(10_000) + "{}";
        for (String list : List.of("consents", "directives", "resources")) {
            limit(refused("{\"consents\":[],\"" + list.replace("consents", "directives") + "\":[" + many + "]}"));
        }
        limit(refused("{\"consents\":[" + "0,".repeat(1_000_000) + "0]}"));
    }

    @Test
    void aBodyAbove32MebibytesIsALimit() {
        byte[] body = new byte[SimulationBody.LARGEST + 1];
        limit(assertThrows(FailureException.class, () -> SimulationBody.parse(body))
                .failure());
    }

    @Test
    void tenThousandResourcesAreDecided() {
        ObjectNode body = Simulated.file("specification.json").deepCopy();
        JsonNode resource = body.get("resources").get(0);
        var resources = body.putArray("resources");
        for (int i = 0; i < 10_000; i++) {
            resources.add(resource);
        }
        JsonNode answer = Simulated.answer(body);
        assertEquals(10_000, answer.get("decisions").size());
        assertEquals("PERMIT CONSENT", Simulated.decision(answer, 9_999));
    }

    @Test
    void valuesOfTheBodyAreNotRepeated() {
        Failure failure = refused(
                "{\"consents\":[],\"request\":{\"action\":\"himitsu\"},\"resources\":[{\"resourceType\":\"himitsu\"}]}");
        assertTrue(!failure.toString().contains("himitsu"));
    }

    private static void limit(Failure failure) {
        assertEquals(Category.INVALID, failure.category());
        assertEquals("limit-exceeded", failure.issues().get(0).rule());
    }

    private static Failure refused(String body) {
        return assertThrows(FailureException.class, () -> SimulationBody.parse(body.getBytes(StandardCharsets.UTF_8))
                        .stateless())
                .failure();
    }
}
