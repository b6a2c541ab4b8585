package phr.consent.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phr.consent.Action;
import phr.consent.directive.Directive;
import phr.consent.directive.Elements;
import phr.consent.directive.Grantee;
import phr.consent.directive.LabelRule;
import phr.consent.directive.Selectors;
import phr.fhir.facts.Confidentiality;
import phr.fhir.facts.Facts;
import phr.fhir.facts.Labels;

/** The element {@code labels} row by row of consent-semantics.md §6. A resource is written {@code R HIV SUD}, or {@code -}. */
class LabelRulesTest {

    private static final String PERMIT = "{'effect':'PERMIT','grantees':[{'kind':'ORGANISATION','id':'c'}],"
            + "'purposes':['TREAT'],'actions':['read'],'selectors':'ALL','labels':%s}";
    private static final String DENY = "{'effect':'DENY','grantees':[{'kind':'ANY'}],'emergency':'never','labels':%s}";

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "{'max':'N','sensitivities':[]}; N; PERMIT",
                "{'max':'N','sensitivities':[]}; U; PERMIT",
                "{'max':'N','sensitivities':[]}; N HIV; DEFAULT",
                "{'max':'N','sensitivities':[]}; R; DEFAULT",
                "{'max':'N','sensitivities':['HIV']}; N HIV; PERMIT",
                "{'max':'N','sensitivities':['HIV']}; R HIV; PERMIT",
                "{'max':'N','sensitivities':['HIV']}; R; DEFAULT",
                "{'max':'N','sensitivities':['HIV']}; V HIV; DEFAULT",
                "{'max':'U','sensitivities':['HIV']}; N HIV; DEFAULT",
                "{'max':'U','sensitivities':['HIV']}; R HIV; PERMIT",
                "{'max':'R','sensitivities':[]}; R; PERMIT",
                "{'max':'R','sensitivities':[]}; R HIV; DEFAULT",
                "{'max':'R','sensitivities':[]}; V; DEFAULT",
                "{'max':'R','sensitivities':[]}; -; DEFAULT",
                "{'max':'V','sensitivities':['HIV']}; V HIV; PERMIT",
                "{'max':'N','sensitivities':'ANY'}; N HIV; PERMIT",
                "{'max':'N','sensitivities':'ANY'}; R HIV; DEFAULT",
                "{'max':'N','sensitivities':'ANY'}; -; DEFAULT",
                "{'max':'R','sensitivities':'ANY'}; -; PERMIT",
                "{'max':'R','sensitivities':'ANY'}; V; DEFAULT",
                "{'max':'R','sensitivities':['ETH']}; R ETHUD; PERMIT",
                "{'max':'R','sensitivities':['ETH']}; R OPIOIDUD; PERMIT",
                "{'max':'R','sensitivities':['ETH']}; R SUD; PERMIT",
                "{'max':'R','sensitivities':['ETHUD']}; R ETH; DEFAULT",
                "{'max':'R','sensitivities':['MH']}; R PSYTHPN; PERMIT",
                "{'max':'R','sensitivities':['MH']}; R BH; PERMIT",
                "'ANY'; V VIO; PERMIT",
                "'ANY'; -; PERMIT"
            })
    void aCeilingCoversEveryLabel(String rule, String labels, String expected) {
        assertEquals(expected, new Scene().says(PERMIT.formatted(rule)).of(resource(labels)));
    }

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "{'min':'U'}; U; EXPLICIT",
                "{'min':'L'}; U; PERMIT",
                "{'min':'R'}; N; PERMIT",
                "{'min':'R'}; R; EXPLICIT",
                "{'min':'R'}; V; EXPLICIT",
                "{'min':'R'}; -; EXPLICIT",
                "{'min':'V'}; -; PERMIT",
                "{'min':'V'}; R HIV; PERMIT",
                "{'min':'R'}; N HIV; PERMIT",
                "{'sensitivities':['HIV']}; N HIV; EXPLICIT",
                "{'sensitivities':['HIV']}; V; PERMIT",
                "{'sensitivities':['HIV']}; -; EXPLICIT",
                "{'sensitivities':['MH']}; R PSY; EXPLICIT",
                "{'sensitivities':['PSY']}; R MH; PERMIT",
                "{'min':'V','sensitivities':['HIV']}; R HIV; EXPLICIT",
                "{'min':'V','sensitivities':['HIV']}; V; EXPLICIT",
                "{'min':'V','sensitivities':['HIV']}; R SEX; PERMIT",
                "'ANY'; U; EXPLICIT"
            })
    void aThresholdCatchesLevelOrCode(String rule, String labels, String expected) {
        assertEquals(
                expected,
                new Scene()
                        .says(PERMIT.formatted("'ANY'"), DENY.formatted(rule))
                        .of(resource(labels)));
    }

    @Test
    void labelsAreNotPooledFromSeveralPermits() {
        Scene scene = new Scene()
                .says(
                        PERMIT.formatted("{'max':'R','sensitivities':['HIV']}"),
                        PERMIT.formatted("{'max':'R','sensitivities':['SUD']}"));
        assertEquals("PERMIT", scene.of(resource("R HIV")));
        assertEquals("PERMIT", scene.of(resource("R SUD")));
        assertEquals("DEFAULT", scene.of(resource("R HIV SUD")));
    }

    @Test
    void cs9APermitWithoutCeilingCoversNothing() {
        Directive permit = Directive.permit(
                "d",
                Elements.NONE
                        .withGrantees(Grantee.of(Grantee.Kind.ORGANISATION, "c"))
                        .withPurposes("TREAT")
                        .withActions(Action.READ)
                        .withSelectors(Selectors.ALL)
                        .withLabels(LabelRule.min(null, "HIV")));
        assertEquals("DEFAULT", new Scene().says(permit).of(resource("N")));
        assertEquals("NO_MATCH LABELS", new Scene().says(permit).step("d@1", resource("N")));
    }

    private static Facts resource(String written) {
        if (written.equals("-")) {
            return Scene.resource("Observation", "lab", Labels.UNLABELLED);
        }
        Set<String> codes = Stream.of(written.split(" ")).skip(1).collect(Collectors.toSet());
        Labels labels = new Labels(true, Confidentiality.valueOf(written.split(" ")[0]), codes);
        return Scene.resource("Observation", "lab", labels);
    }
}
