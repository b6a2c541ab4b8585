package phr.consent.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static phr.consent.engine.Scene.day;
import static phr.consent.engine.Scene.labels;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phr.fhir.facts.Confidentiality;
import phr.fhir.facts.Facts;
import phr.fhir.facts.Labels;
import phr.fhir.facts.Tokens;

/**
 * Every facet of a selector in a permit and in a deny, for facts that are known, absent and unknown (consent-semantics.md §4.1 to
 * §4.3, §8). A permit needs a known match; a deny also takes what is unknown.
 */
class SelectorFacetsTest {

    private static final String YES = "PERMIT";
    private static final String NO = "DEFAULT";
    private static final String CAUGHT = "EXPLICIT";
    private static final String LEFT = "PERMIT";
    private static final Tokens LAB = Tokens.of(Set.of("lab"));
    private static final UUID ID = UUID.fromString("00000000-0000-4000-8000-0000000000f1");

    private static final String PERMIT = "{'effect':'PERMIT','grantees':[{'kind':'ORGANISATION','id':'c'}],"
            + "'purposes':['TREAT'],'actions':['read'],'labels':'ANY','selectors':%s}";
    private static final String DENY =
            "{'effect':'DENY','grantees':[{'kind':'ANY'}],'emergency':'never','selectors':%s}";

    private static void check(String selectors, Facts facts, String permitted, String denied) {
        assertEquals(permitted, permit(selectors).of(facts), "as a permit");
        assertEquals(denied, deny(selectors).of(facts), "as a deny");
    }

    private static Scene permit(String selectors) {
        return new Scene().says(PERMIT.formatted(selectors));
    }

    private static Scene deny(String selectors) {
        return permit("'ALL'").says(DENY.formatted(selectors));
    }

    private static Facts observation(Tokens codes, Tokens authors) {
        return new Facts(
                "Observation", ID, null, null, null, LAB, codes, authors, Set.of(), Labels.NORMAL, day("2026-03-01"));
    }

    private static Facts labelled(Labels labels) {
        return new Facts(
                "Observation",
                ID,
                null,
                null,
                null,
                LAB,
                Tokens.ABSENT,
                Tokens.ABSENT,
                Set.of(),
                labels,
                day("2026-03-01"));
    }

    private static Facts from(@Nullable String source, @Nullable String device) {
        return new Facts(
                "Observation",
                ID,
                null,
                source,
                device,
                LAB,
                Tokens.ABSENT,
                Tokens.ABSENT,
                Set.of(),
                Labels.NORMAL,
                day("2026-03-01"));
    }

    private static Facts document(@Nullable String type) {
        return file("DocumentReference", type, Tokens.of(Set.of("clinical-document")));
    }

    private static Facts file(String resourceType, @Nullable String documentType, Tokens categories) {
        return new Facts(
                resourceType,
                ID,
                documentType,
                null,
                null,
                categories,
                Tokens.ABSENT,
                Tokens.ABSENT,
                Set.of(),
                Labels.NORMAL,
                day("2026-03-01"));
    }

    @Test
    void aCodeIsComparedWhenKnown() {
        String code = "[{'code':['http://loinc.org|718-7']}]";
        check(code, observation(Tokens.of(Set.of("http://loinc.org|718-7")), Tokens.ABSENT), YES, CAUGHT);
        check(code, observation(Tokens.of(Set.of("http://loinc.org|2339-0")), Tokens.ABSENT), NO, LEFT);
        check(code, observation(Tokens.ABSENT, Tokens.ABSENT), NO, LEFT);
        check(code, observation(Tokens.UNKNOWN, Tokens.ABSENT), NO, CAUGHT);
    }

    @Test
    void anAuthorIsComparedWhenKnown() {
        String author = "[{'author':['Practitioner/a']}]";
        check(author, observation(Tokens.ABSENT, Tokens.of(Set.of("Practitioner/a"))), YES, CAUGHT);
        check(author, observation(Tokens.ABSENT, Tokens.of(Set.of("Practitioner/b"))), NO, LEFT);
        check(author, observation(Tokens.ABSENT, Tokens.ABSENT), NO, LEFT);
        check(author, observation(Tokens.ABSENT, Tokens.UNKNOWN), NO, CAUGHT);
    }

    @Test
    void theTypeOfADocumentIsCompared() {
        String type = "[{'documentType':['http://loinc.org|57133-1']}]";
        check(type, document("http://loinc.org|57133-1"), YES, CAUGHT);
        check(type, document("http://loinc.org|18842-5"), NO, LEFT);
        check(type, document(null), NO, LEFT);
    }

    @Test
    void aSourceIsAServiceOrADevice() {
        String source = "[{'source':['scale']}]";
        check(source, from("scale", null), YES, CAUGHT);
        check(source, from(null, "scale"), YES, CAUGHT);
        check(source, from("portal", "watch"), NO, LEFT);
        check(source, from("portal", null), NO, LEFT);
        check(source, from(null, null), NO, LEFT);
    }

    @Test
    void aSingleResourceIsNamedByItsReference() {
        String instance = "[{'instance':['Observation/" + ID + "']}]";
        check(instance, from(null, null), YES, CAUGHT);
        check(instance, document(null), NO, LEFT);
    }

    @Test
    void theFacetLabelChoosesWhatCarriesACode() {
        String label = "[{'label':['MH']}]";
        check(label, labelled(labels(Confidentiality.R, "MH")), YES, CAUGHT);
        check(label, labelled(labels(Confidentiality.R, "PSY")), YES, CAUGHT);
        check(label, labelled(labels(Confidentiality.R, "HIV")), NO, LEFT);
        check(label, labelled(labels(Confidentiality.R)), NO, LEFT);
        check(label, labelled(Labels.UNLABELLED), NO, CAUGHT);
    }

    @Test
    void facetsAreAndTheirValuesAreOr() {
        String two = "[{'category':['lab','medication'],'resourceType':['Observation','Condition']}]";
        check(two, from(null, null), YES, CAUGHT);
        check(two, file("MedicationRequest", null, Tokens.of(Set.of("medication"))), NO, LEFT);
        check(two, file("Condition", null, Tokens.of(Set.of("problem"))), NO, LEFT);
        check(two, file("Condition", null, Tokens.UNKNOWN), NO, CAUGHT);
        check("[{'category':['problem']},{'category':['lab']}]", from(null, null), YES, CAUGHT);
    }

    @Test
    void anythingOfUnknownContentMayBeAnOriginalIfItsTypeHoldsOriginals() {
        Facts opaque = file("DocumentReference", null, Tokens.UNKNOWN);
        check("[{'resourceType':['DocumentReference']}]", opaque, NO, CAUGHT);
        check("[{'instance':['DocumentReference/" + ID + "']}]", opaque, YES, CAUGHT);
        check("[{'resourceType':['Observation']}]", file("Observation", null, Tokens.UNKNOWN), YES, CAUGHT);
    }

    @Test
    void anOriginalIsNotOpenedByItsIdAloneOnceItsContentIsKnown() {
        Facts original = file("Binary", null, Tokens.of(Set.of("raw-file", "lab")));
        check("[{'instance':['Binary/" + ID + "']}]", original, NO, CAUGHT);
        check("[{'instance':['Binary/" + ID + "'],'category':['raw-file','lab']}]", original, YES, CAUGHT);
        check("[{'resourceType':['Binary']}]", original, NO, CAUGHT);
        check("[{'category':['raw-file','lab'],'code':['a|b']}]", original, NO, LEFT);
        check("[{'category':['raw-file']},{'category':['lab'],'resourceType':['Binary']}]", original, NO, CAUGHT);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "related, Encounter, PERMIT, DEFAULT",
        "related, CarePlan, PERMIT, DEFAULT",
        "related, Observation, DEFAULT, PERMIT",
        "dependents, Observation, PERMIT, DEFAULT"
    })
    void aRelationReachesOneHopAndInADenyBothWays(String meaning, String type, String refersToIt, String referredByIt) {
        Facts behind = linked("Condition", 2);
        Facts target = linked(type, 1, behind.reference());
        Facts before = linked("Procedure", 3, target.reference());
        String relation = "[{'relatedTo':[{'meaning':'%s','reference':'%s'}]}]".formatted(meaning, target.reference());
        Scene permit = permit(relation).among(behind, target, before);
        assertEquals(YES, permit.of(target));
        assertEquals(refersToIt, permit.of(before));
        assertEquals(referredByIt, permit.of(behind));
        assertEquals(NO, permit.of(from(null, null)));
        Scene deny = deny(relation).among(behind, target, before);
        assertEquals(CAUGHT, deny.of(target));
        assertEquals(CAUGHT, deny.of(before));
        assertEquals(CAUGHT, deny.of(behind));
        assertEquals(LEFT, deny.of(from(null, null)));
    }

    private static Facts linked(String type, int number, String... linksOut) {
        return new Facts(
                type,
                new UUID(7, number),
                null,
                null,
                null,
                LAB,
                Tokens.ABSENT,
                Tokens.ABSENT,
                Set.of(linksOut),
                Labels.NORMAL,
                day("2026-03-01"));
    }
}
