package phr.consent.directive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of what a directive speaks: what a young person decides alone stays out of a guardian's sight (consent-semantics.md §11). */
class DirectiveTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "'selectors':[{'category':['mental-health']}]; true",
                "'selectors':[{'category':['lab']},{'category':['lab','reproductive']}]; true",
                "'selectors':[{'category':['lab']}]; false",
                "'selectors':'ALL'; false",
                "'purposes':['TREAT']; false",
                "'selectors':[{'category':['lab'],'label':['HIV']}]; true",
                "'labels':{'sensitivities':['HIV']}; true",
                "'labels':{'min':'R'}; false",
                "'exceptions':[{'effect':'PERMIT','selectors':[{'category':['mental-health']}]}]; true",
                "'exceptions':[{'effect':'PERMIT','selectors':[{'category':['lab']}]}]; false",
                "'exceptions':[{'effect':'DENY','labels':{'sensitivities':['SEX']}}]; true"
            })
    void itSpeaksOfACategoryThatItNamesAndOfAnySensitivity(String elements, boolean expected) {
        String json = "{'effect':'DENY'," + elements + "}";
        Directive directive = DirectiveReader.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
        assertEquals(expected, directive.speaksOf(Set.of("mental-health", "reproductive")));
    }
}
