package phr.consent.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Missing parts, persons, ids and references of a body (consent-semantics.md §16.4). */
class InputsTest {

    private final ObjectNode body = Simulated.file("specification.json").deepCopy();

    @ParameterizedTest
    @CsvSource({"capacity", "app", "organisation", "user", "purposes", "action"})
    void aMissingPartIsIncompleteAndNoFailure(String part) {
        ((ObjectNode) body.get("request")).remove(part);
        JsonNode answer = Simulated.answer(body);
        assertEquals("400", answer.get("call").get("status").asText());
        assertEquals("[\"" + part + "\"]", answer.get("call").get("missing").toString());
        assertEquals("DENY INCOMPLETE", Simulated.decision(answer, 0));
        assertEquals("DENY INCOMPLETE", Simulated.decision(answer, 1));
    }

    @Test
    void aMissingTimeIsIncomplete() {
        body.remove("at");
        JsonNode answer = Simulated.answer(body);
        assertEquals("[\"at\"]", answer.get("call").get("missing").toString());
        assertEquals("DENY INCOMPLETE", Simulated.decision(answer, 0));
    }

    @Test
    void noConsentsDeny() {
        body.putArray("consents");
        JsonNode answer = Simulated.answer(body);
        assertEquals("403", answer.get("call").get("status").asText());
        assertEquals("DENY DEFAULT", Simulated.decision(answer, 0));
    }

    @Test
    void aConsentIsUsedForItsPatientOnly() {
        subject(0, "{'reference':'Patient/other'}");
        JsonNode answer = Simulated.answer(body);
        assertEquals("DENY DEFAULT", Simulated.decision(answer, 0));
        assertEquals("NOT_IN_FORCE PERSON", Simulated.result(answer, 0, "c1@1"));
    }

    @Test
    void aPersonMayBeNamedByIdentifier() {
        ((ObjectNode) body.get("consents").get(0))
                .set("patient", Simulated.json("{'identifier':{'system':'urn:x','value':'7'}}"));
        subject(0, "{'identifier':{'system':'urn:x','value':'7'}}");
        assertEquals("PERMIT CONSENT", Simulated.decision(Simulated.answer(body), 0));
    }

    @Test
    void aResourceThatNamesNobodyBelongsToTheOnlyPatient() {
        JsonNode observation = body.get("resources").get(0);
        ((ObjectNode) observation).set("performer", Simulated.json("[{'reference':'Organization/lab'}]"));
        ((ArrayNode) body.get("resources")).add(Simulated.json("{'resourceType':'Organization','id':'lab'}"));
        assertEquals("PERMIT CONSENT", Simulated.decision(Simulated.answer(body), 2));
        ObjectNode second = body.get("consents").get(0).deepCopy();
        second.set("patient", Simulated.json("{'reference':'Patient/other'}"));
        ((ArrayNode) body.get("consents")).add(second);
        assertEquals("DENY DEFAULT", Simulated.decision(Simulated.answer(body), 2));
    }

    @Test
    void aPartyMatchesByAlias() {
        ((ObjectNode) body.get("request").get("organisation"))
                .put("id", "urn:oid:1.2|13")
                .set("aliases", Simulated.json("['Organization/A']"));
        assertEquals("PERMIT CONSENT", Simulated.decision(Simulated.answer(body), 0));
    }

    @Test
    void duplicatesAreDecidedTwice() {
        ((ArrayNode) body.get("resources")).add(body.get("resources").get(0));
        JsonNode answer = Simulated.answer(body);
        assertEquals("o1", Simulated.released(answer).split(" ")[1]);
        assertEquals(
                answer.get("decisions").get(0).get("basis"),
                answer.get("decisions").get(2).get("basis"));
    }

    @Test
    void aReferenceToAHiddenElementIsMasked() {
        ObjectNode first = (ObjectNode) body.get("resources").get(0);
        first.set("hasMember", Simulated.json("[{'reference':'Observation/o2'}]"));
        first.set("text", Simulated.json("{'status':'generated','div':'<div>x</div>'}"));
        JsonNode answer = Simulated.answer(body);
        assertEquals(
                "[{\"code\":\"KEEP_LABELS\"},{\"code\":\"MASK_REFERENCES\"},{\"code\":\"REGENERATE_NARRATIVE\"}]",
                answer.get("decisions").get(0).get("obligations").toString());
    }

    @Test
    void anUnknownPurposeIsAFinding() {
        ((ObjectNode) body.get("request")).set("purposes", Simulated.json("['TREAT','x|y']"));
        JsonNode finding = Simulated.answer(body).get("lint").get(0);
        assertEquals("L-18", finding.get("id").textValue());
        assertEquals("request.purposes[1]", finding.get("at").textValue());
    }

    @Test
    void importsThatAreNotConfirmedOpenNothing() {
        ((ObjectNode) body.get("context")).put("importsConfirmed", false);
        JsonNode answer = Simulated.answer(body);
        assertEquals("DENY DEFAULT", Simulated.decision(answer, 0));
        assertEquals("NOT_IN_FORCE STATE", Simulated.result(answer, 0, "c1@1"));
        assertEquals("[\"LIFE_STAGE_NOT_APPLIED\"]", answer.get("assumptions").toString());
    }

    @Test
    void nativeDirectivesBelongToTheSubjectOrToEverybody() {
        body.remove("consents");
        body.set(
                "directives",
                Simulated.json("[{'effect':'PERMIT','grantees':[{'kind':'ORGANISATION','id':'Organization/A'}],"
                        + "'purposes':['TREAT'],'actions':['read'],'selectors':'ALL','labels':'ANY',"
                        + "'exceptions':[],'conditions':[]}]"));
        assertEquals("o1 o2", Simulated.released(Simulated.answer(body)));
        ((ObjectNode) body.get("context"))
                .set("subject", Simulated.json("{'reference':'Patient/other','birthDate':'1980-01-01'}"));
        assertEquals("", Simulated.released(Simulated.answer(body)));
    }

    @Test
    void theLabelTablesRunWhenAsked() {
        ((ObjectNode) body.get("context")).put("labelling", "APPLY");
        ((ArrayNode) body.get("resources"))
                .add(Simulated.json("{'resourceType':'Immunization','id':'i','patient':{'reference':'Patient/p'}}"));
        assertEquals("o1 i", Simulated.released(Simulated.answer(body)));
    }

    private void subject(int index, String reference) {
        ((ObjectNode) body.get("resources").get(index)).set("subject", Simulated.json(reference));
    }
}
