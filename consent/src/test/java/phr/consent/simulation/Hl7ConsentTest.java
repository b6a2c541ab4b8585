package phr.consent.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The worked example of HL7, row by row (consent-semantics.md §19.1), from Consent to decision. */
class Hl7ConsentTest {

    private static final String NORMAL =
            ",'meta':{'security':[{'system':'http://terminology.hl7.org/CodeSystem/v3-Confidentiality','code':'N'}]}";

    @ParameterizedTest(name = "§19.1 row {0}")
    @CsvSource(delimiter = '|', textBlock = """
            1  | A | TREAT        | 2021-06-01T10:00:00+09:00 | Observation   | N | PERMIT CONSENT | PERMIT               | NO_MATCH PURPOSE
            2  | A | TREAT        | 2020-01-01T00:00:00+09:00 | Observation   | N | PERMIT CONSENT | PERMIT               | NO_MATCH PURPOSE
            3  | A | TREAT        | 2022-12-31T23:59:00+09:00 | Observation   | N | PERMIT CONSENT | PERMIT               | NO_MATCH PURPOSE
            4a | A | TREAT        | 2019-12-31T23:59:59+09:00 | Observation   | N | DENY DEFAULT   | NOT_IN_FORCE VALIDITY | NOT_IN_FORCE VALIDITY
            4b | A | TREAT        | 2023-01-01T00:00:00+09:00 | Observation   | N | DENY DEFAULT   | NOT_IN_FORCE VALIDITY | NOT_IN_FORCE VALIDITY
            5  | B | TREAT        | 2021-06-01T10:00:00+09:00 | Observation   | N | DENY DEFAULT   | NO_MATCH GRANTEE     | NO_MATCH PURPOSE
            6  | A | HMARKT       | 2021-06-01T10:00:00+09:00 | Observation   | N | DENY EXPLICIT  | DENY                 | NO_MATCH PURPOSE
            7  | A | TREAT        | 2021-06-01T10:00:00+09:00 | Observation   | R | DENY EXPLICIT  | DENY                 | NO_MATCH PURPOSE
            8  | A | HPAYMT       | 2021-06-01T10:00:00+09:00 | Observation   | N | DENY EXPLICIT  | PERMIT               | DENY
            9a | A | HPAYMT       | 2021-06-01T10:00:00+09:00 | Claim         | N | PERMIT CONSENT | PERMIT               | PERMIT
            9b | A | HPAYMT       | 2021-06-01T10:00:00+09:00 | ClaimResponse | N | PERMIT CONSENT | PERMIT               | PERMIT
            9c | A | HPAYMT       | 2021-06-01T10:00:00+09:00 | Account       | N | PERMIT CONSENT | PERMIT               | PERMIT
            10 | A | HPAYMT       | 2021-06-01T10:00:00+09:00 | Claim         | R | DENY EXPLICIT  | DENY                 | PERMIT
            11 | A | HMARKT       | 2021-06-01T10:00:00+09:00 | Claim         | N | DENY EXPLICIT  | DENY                 | NO_MATCH PURPOSE
            12 | A | TREAT HMARKT | 2021-06-01T10:00:00+09:00 | Observation   | N | DENY EXPLICIT  | PERMIT               | NO_MATCH PURPOSE
            13 | A | TREAT        | 2021-06-01T10:00:00+09:00 | Observation   | - | DENY EXPLICIT  | DENY                 | NO_MATCH PURPOSE
            """)
    void decides(
            String row,
            String organisation,
            String purposes,
            String at,
            String type,
            String label,
            String decision,
            String d0,
            String d1) {
        JsonNode answer = Simulated.answer(body(organisation, purposes, at, resource(type, label)));
        assertEquals(decision, Simulated.decision(answer, 0));
        assertEquals(d0, Simulated.result(answer, 0, "hl7@1"));
        assertEquals(d1, Simulated.result(answer, 0, "hl7.1@1"));
    }

    @Test
    @DisplayName("§19.1 import: D0 and D1")
    void becomesAPermitWithTwoExceptionsAndADenyOfPaymentThatLetsClaimsThrough() {
        JsonNode answer = Simulated.answer(body("A", "TREAT", "2021-06-01T10:00:00+09:00", resource("Claim", "N")));
        JsonNode permit = answer.get("directives").get(0);
        JsonNode deny = answer.get("directives").get(1);
        assertEquals(List.of("L-4 error NONE Consent.provision.period"), Simulated.lint(answer));
        assertEquals("PERMIT", permit.get("effect").textValue());
        assertEquals(2, permit.get("exceptions").size());
        assertEquals("DENY", deny.get("effect").textValue());
        assertEquals("[\"HPAYMT\"]", deny.get("purposes").toString());
        assertEquals(
                "[{\"effect\":\"PERMIT\",\"selectors\":[{\"resourceType\":[\"Account\",\"Claim\",\"ClaimResponse\"]}]}]",
                deny.get("exceptions").toString());
        assertEquals(permit.get("validity"), deny.get("validity"));
        assertEquals(permit.get("grantees"), deny.get("grantees"));
    }

    static JsonNode resource(String type, String label) {
        String labels = label.equals("-") ? "" : NORMAL.replace("'N'", "'" + label + "'");
        String person = type.equals("Account") ? "[{'reference':'Patient/p'}]" : "{'reference':'Patient/p'}";
        String element = type.startsWith("Claim") ? "patient" : "subject";
        return Simulated.json("{'resourceType':'" + type + "','id':'r','" + element + "':" + person + labels + "}");
    }

    static ObjectNode body(String organisation, String purposes, String at, JsonNode resource) {
        ObjectNode body = Simulated.file("hl7-consent.json").deepCopy();
        ObjectNode request = (ObjectNode) body.get("request");
        ((ObjectNode) request.get("organisation")).put("id", "Organization/" + organisation);
        request.set("purposes", Simulated.MAPPER.valueToTree(purposes.split(" ")));
        body.put("at", at);
        body.set("resources", Simulated.array(resource));
        return body;
    }
}
