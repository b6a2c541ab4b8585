package phr.consent.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static phr.consent.engine.Scene.clinic;
import static phr.consent.engine.Scene.day;
import static phr.consent.engine.Scene.labels;
import static phr.consent.engine.Scene.resource;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phr.fhir.facts.Confidentiality;
import phr.fhir.facts.Facts;
import phr.fhir.facts.Labels;
import phr.fhir.facts.Tokens;

/** The HL7 example, consent-semantics.md §19.1, as native directives; every row a test. */
class Hl7ExampleTest {

    private static final String D0 = "{'id':'D0','effect':'PERMIT','grantees':[{'kind':'ORGANISATION','id':'A'}],"
            + "'purposes':['TREAT','HPAYMT','HOPERAT','HMARKT'],'actions':['read'],'selectors':'ALL','labels':'ANY',"
            + "'validity':{'start':'2020-01-01','end':'2022-12-31'},'exceptions':["
            + "{'effect':'DENY','purposes':['HMARKT']},{'effect':'DENY','labels':{'min':'R'}}]}";

    private static final String D1 = "{'id':'D1','effect':'DENY','grantees':[{'kind':'ORGANISATION','id':'A'}],"
            + "'purposes':['HPAYMT'],'emergency':'never','exceptions':[{'effect':'PERMIT',"
            + "'selectors':[{'resourceType':['Claim','ClaimResponse','Account']}]}]}";

    @ParameterizedTest(name = "§19.1 row {0}: {1} for {2}, {3} {4} at {5} is {6}")
    @CsvSource({
        "1, A, TREAT, Observation, N, 2021-06-01T12:00:00+09:00, PERMIT",
        "2, A, TREAT, Observation, N, 2020-01-01T00:00:00+09:00, PERMIT",
        "3, A, TREAT, Observation, N, 2022-12-31T23:59:00+09:00, PERMIT",
        "4, A, TREAT, Observation, N, 2019-12-31T23:59:59+09:00, DEFAULT",
        "4, A, TREAT, Observation, N, 2023-01-01T00:00:00+09:00, DEFAULT",
        "5, B, TREAT, Observation, N, 2021-06-01T12:00:00+09:00, DEFAULT",
        "6, A, HMARKT, Observation, N, 2021-06-01T12:00:00+09:00, EXPLICIT",
        "7, A, TREAT, Observation, R, 2021-06-01T12:00:00+09:00, EXPLICIT",
        "8, A, HPAYMT, Observation, N, 2021-06-01T12:00:00+09:00, EXPLICIT",
        "9, A, HPAYMT, Claim, N, 2021-06-01T12:00:00+09:00, PERMIT",
        "9, A, HPAYMT, ClaimResponse, N, 2021-06-01T12:00:00+09:00, PERMIT",
        "9, A, HPAYMT, Account, N, 2021-06-01T12:00:00+09:00, PERMIT",
        "10, A, HPAYMT, Claim, R, 2021-06-01T12:00:00+09:00, EXPLICIT",
        "11, A, HMARKT, Claim, N, 2021-06-01T12:00:00+09:00, EXPLICIT",
        "12, A, TREAT HMARKT, Observation, N, 2021-06-01T12:00:00+09:00, EXPLICIT",
        "13, A, TREAT, Observation, unlabelled, 2021-06-01T12:00:00+09:00, EXPLICIT"
    })
    void row(int row, String organisation, String purposes, String type, String label, String at, String expected) {
        Labels labels = label.equals("unlabelled") ? Labels.UNLABELLED : labels(Confidentiality.valueOf(label));
        Facts facts = resource(type, Tokens.of(Set.of("lab")), labels, day("2020-05-01"));
        Scene scene = new Scene()
                .says(D0, D1)
                .by(clinic(organisation))
                .purpose(purposes.split(" "))
                .now(at);
        assertEquals(expected, scene.of(facts));
    }
}
