package phr.consent.directive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Purposes and their is-a rule (consent-semantics.md §7.1, §7.2). */
class PurposesTest {

    private static final String V3 = "http://terminology.hl7.org/CodeSystem/v3-ActReason|";

    @ParameterizedTest(name = "{0} for {1}")
    @CsvSource({
        "TREAT, TREAT, true, true",
        "TREAT, COC, true, true",
        "TREAT, ERTREAT, true, true",
        "TREAT, BTG, false, true",
        "ETREAT, BTG, false, true",
        "BTG, BTG, true, true",
        "TREAT, CLINTRL, false, true",
        "COC, TREAT, false, false",
        "HPAYMT, ELIGVER, true, true",
        "HOPERAT, TRAIN, false, true",
        "HOPERAT, CAREMGT, true, true",
        "PUBHLTH, DISASTER, false, true",
        "PATRQT, FAMRQT, true, true",
        "HOPERAT, HLEGAL, false, true",
        "statistics, ai-training, false, false",
        "x|y, x|y, true, true",
        "x|y, x|z, false, false"
    })
    void aPermitForACodeCoversItsDescendantsButTheExplicitOnesAndADenyCatchesAll(
            String stated, String declared, boolean covers, boolean catches) {
        assertEquals(covers, Purposes.covers(stated, declared));
        assertEquals(catches, Purposes.catches(stated, declared));
        assertEquals(
                covers,
                Purposes.covers(stated.contains("|") ? stated : Purposes.system(stated) + "|" + stated, declared));
    }

    @Test
    void aCodeIsBareOnlyInItsOwnSystem() {
        assertEquals("TREAT", Purposes.bare(V3 + "TREAT"));
        assertEquals("statistics", Purposes.bare(Purposes.PROJECT + "|statistics"));
        assertEquals(V3 + "statistics", Purposes.bare(V3 + "statistics"));
        assertEquals("http://x|TREAT", Purposes.bare("http://x|TREAT"));
        assertEquals(V3 + "NONE", Purposes.bare(V3 + "NONE"));
        assertFalse(Purposes.covers("TREAT", "http://x|TREAT"));
    }

    @Test
    void aCodeHasASystemAndTwoNames() {
        assertEquals(Purposes.ACT_REASON, Purposes.system("TREAT"));
        assertEquals(Purposes.PROJECT, Purposes.system("statistics"));
        assertEquals("http://x", Purposes.system("http://x|y"));
        assertEquals("unknown", Purposes.system("y"));
        assertTrue(Purposes.known(V3 + "TREAT"));
        assertFalse(Purposes.known("http://x|TREAT"));
        assertEquals("統計作成", Purposes.japanese("statistics"));
        assertEquals("http://x|y", Purposes.japanese("http://x|y"));
        assertEquals("http://x|y", Purposes.english("http://x|y"));
        assertFalse(Purposes.english("statistics").isBlank());
        assertFalse(Purposes.english("statistics").equals(Purposes.japanese("statistics")));
    }

    @ParameterizedTest
    @CsvSource({
        "TREAT, false, false",
        "HMARKT, false, true",
        "insurance-underwriting, true, true",
        "travel-service, true, true",
        "statistics, true, false",
        "health-guidance, true, false",
        "x|y, false, false"
    })
    void projectCodesAndThoseThatEndWithinAYear(String purpose, boolean project, boolean year) {
        assertEquals(project, Purposes.project(purpose));
        assertEquals(year, Purposes.yearAtMost(purpose));
    }
}
