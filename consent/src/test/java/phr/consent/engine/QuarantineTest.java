package phr.consent.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static phr.consent.engine.Scene.day;
import static phr.consent.engine.Scene.resource;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phr.fhir.facts.DataTime;
import phr.fhir.facts.Facts;
import phr.fhir.facts.Labels;
import phr.fhir.facts.Tokens;

/** What full validation found wrong is kept from recipients, whatever they are permitted. The scene also asks the compiled policy. */
class QuarantineTest {

    private static final String EVERYTHING = "{'effect':'PERMIT','grantees':[{'kind':'ORGANISATION','id':'c'}],"
            + "'purposes':['TREAT'],'actions':['read'],'selectors':'ALL','labels':%s}";

    private static Facts observation(Labels labels, String... linksOut) {
        return resource("Observation", Tokens.of(Set.of("lab")), labels, day("2026-01-01"), linksOut);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'ANY'",
                "{'max':'V','sensitivities':'ANY'}",
                "{'max':'N','sensitivities':[]}",
                "{'max':'V','sensitivities':['" + Labels.QUARANTINED + "']}"
            })
    void noPermitOpensIt(String labels) {
        Scene scene = new Scene().says(EVERYTHING.formatted(labels));
        assertEquals("PERMIT", scene.of(observation(Labels.NORMAL)));
        assertEquals("LAW", scene.of(observation(Labels.NORMAL.inQuarantine(true))));
        assertEquals(
                "PERMIT", scene.of(observation(Labels.NORMAL.inQuarantine(true).inQuarantine(false))));
        assertEquals("LAW", scene.of(observation(Labels.UNLABELLED.inQuarantine(true))));
    }

    @Test
    void whatAPermittedResourceRefersToIsKeptToo() {
        Facts sound = resource("Organization", Tokens.ABSENT, Labels.NORMAL, DataTime.UNKNOWN);
        Facts broken = resource("Organization", Tokens.ABSENT, Labels.NORMAL.inQuarantine(true), DataTime.UNKNOWN);
        Scene scene = new Scene().says(EVERYTHING.formatted("'ANY'"));
        for (Facts it : new Facts[] {sound, broken}) {
            Facts permitted = observation(Labels.NORMAL, it.reference());
            assertEquals(
                    it == sound ? "PERMIT" : "LAW", scene.among(it, permitted).of(it));
        }
        Facts doctor = resource("Practitioner", Tokens.ABSENT, Labels.NORMAL, DataTime.UNKNOWN);
        Facts role = resource(
                "PractitionerRole",
                Tokens.ABSENT,
                Labels.NORMAL.inQuarantine(true),
                DataTime.UNKNOWN,
                doctor.reference());
        Facts permitted = observation(Labels.NORMAL, role.reference());
        assertEquals("DEFAULT", scene.among(doctor, role, permitted).of(doctor));
    }
}
