package phr.deploy.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectationTest {

    private final Answers answers = new Answers();

    @BeforeEach
    void answered() throws JsonProcessingException {
        answers.put("read", Answer.JSON.readTree("""
                        {"status":200,"headers":{"location":"/x/7"},
                         "body":{"total":3,"name":"山田","none":[],
                          "entry":[{"kind":"a","tags":["x","y"]},{"kind":"b","tags":["z"]},{"tags":[]}]}}"""));
        answers.put("again", Answer.JSON.readTree("{\"status\":200,\"body\":{\"total\":4}}"));
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    read/status             | is       | 200              | 201
                    read/body/name          | is       | "山田"           | "山田 "
                    read/body/total         | atLeast  | 3                | 4
                    read/headers/location   | matches  | "/x/\\\\d"       | "/x/"
                    read/body/entry         | size     | 3                | 2
                    read/body/entry/1/kind  | is       | "b"              | "a"
                    read/body/entry/*/kind  | is       | ["a","b"]        | ["b","a"]
                    read/body/entry/*/kind  | includes | ["a"]            | ["c"]
                    read/body/entry/*/kind  | excludes | ["c"]            | ["a"]
                    read/body/entry/*/kind  | within   | ["a","b","c"]    | ["a"]
                    read/body/entry/*/tags/*| is       | ["x","y","z"]    | ["x"]
                    read/body/nothing       | missing  | true             | false
                    read/body/total         | missing  | false            | true
                    read/status             | sameAs   | "again/status"   | "again/body/total"
                    """)
    void holdsForTheRightValueAndBreaksForAnother(String at, String rule, String right, String wrong)
            throws JsonProcessingException {
        assertTrue(expectation(at, rule, right).holds(answers), "right value");
        assertFalse(expectation(at, rule, wrong).holds(answers), "another value");
    }

    @ParameterizedTest
    @CsvSource({
        "is,200",
        "atLeast,0",
        "matches,'\".*\"'",
        "size,0",
        "includes,[]",
        "excludes,[]",
        "within,[]",
        "sameAs,'\"no\"'"
    })
    void anAnswerThatNeverCameBreaksEveryRule(String rule, String value) throws JsonProcessingException {
        assertFalse(expectation("no/body", rule, value).holds(answers));
    }

    @Test
    void nothingInAListIsNotWithin() throws JsonProcessingException {
        assertFalse(expectation("read/body/none/*/kind", "within", "[\"a\"]").holds(answers));
    }

    @Test
    void anUnknownRuleIsAMistake() {
        assertThrows(IllegalArgumentException.class, () -> expectation("read/status", "about", "200"));
    }

    @Test
    void theVerdictIsBadWhenOneOfManyIsBroken() throws JsonProcessingException {
        String steps = """
                {"1":[{"name":"first","at":"read/status","is":200},{"name":"second","at":"again/status","is":404}],
                 "2":[{"name":"third","at":"again/body/total","is":4}]}""";
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Narrator narrator = new Narrator(new PrintStream(said, true, StandardCharsets.UTF_8));
        Verdict verdict = new Verdict(narrator, Expectations.of(Answer.JSON.readTree(steps)));
        assertFalse(verdict.good(), "nothing compared yet");
        verdict.judge("2", answers);
        assertTrue(verdict.good());
        verdict.judge("1", answers);
        assertFalse(verdict.good());
        assertEquals("2 of 3 expectations hold.", verdict.summary());
        String text = said.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("✔ first"));
        assertTrue(text.contains("✘ second: again/status must is 404 but is 200"));
    }

    @Test
    void aStepThatBreaksOffBreaksItsExpectations() throws JsonProcessingException {
        Narrator narrator = new Narrator(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
        Verdict verdict = new Verdict(
                narrator, Expectations.of(Answer.JSON.readTree("{\"1\":[{\"name\":\"n\",\"at\":\"a\",\"is\":1}]}")));
        verdict.broken("1", "why");
        assertFalse(verdict.good());
    }

    @Test
    void everyStepOfTheJourneyHasExpectations() {
        Expectations expectations = Expectations.load();
        Narrator narrator = new Narrator(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
        Installation nowhere = new Installation(Options.parse(List.of(), Map.of()), Path.of("."), narrator);
        Scene scene = new Scene(nowhere, visitor -> "", narrator, answers);
        List<String> steps = Demo.steps(scene).stream().map(Step::name).toList();
        assertEquals(expectations.names(), steps);
        steps.forEach(step -> assertFalse(expectations.of(step).isEmpty()));
    }

    @Test
    void aLineWithoutNameOrWithTwoRulesIsAMistake() {
        for (String line : List.of(
                "{\"at\":\"a\",\"is\":1}",
                "{\"name\":\"n\",\"at\":\"a\"}",
                "{\"name\":\"n\",\"at\":\"a\",\"is\":1,\"size\":1}")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Expectations.of(Answer.JSON.readTree("{\"1\":[" + line + "]}"))
                            .of("1"),
                    line);
        }
    }

    private static Expectation expectation(String at, String rule, String value) throws JsonProcessingException {
        return new Expectation("it", at, rule, Answer.JSON.readTree(value));
    }
}
