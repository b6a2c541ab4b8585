package phr.consent.outlook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phr.consent.ClientApp;
import phr.consent.Party;
import phr.consent.directive.Directive;
import phr.consent.directive.DirectiveReader;
import phr.consent.engine.Policy;
import phr.consent.trace.Outcome;
import phr.fhir.PersonId;
import phr.fhir.facts.PhrCategory;

/** Who is asked about, what each sees, and until when (consent-semantics.md §16.4). */
class OutlookTest {

    private static final Instant NOW = Instant.parse("2026-06-01T01:00:00Z");
    private static final PhrCategory LAB = PhrCategory.parse("lab");
    private static final String CLINIC = "{'kind':'ORGANISATION','id':'clinic'}";

    /** Of nobody anything is known. */
    private static final Directory NOBODY = new Directory() {

        @Override
        public Optional<Party> organisation(String id) {
            return Optional.empty();
        }

        @Override
        public Optional<ClientApp> app(String id) {
            return Optional.empty();
        }
    };

    private static Directive said(String id, String elements) {
        String json = "{'id':'" + id + "'," + elements + "}";
        return DirectiveReader.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static Directive permit(String id, String grantee, String category, String more) {
        return said(
                id,
                "'effect':'PERMIT','grantees':[" + grantee + "],'purposes':['TREAT'],'actions':['read'],"
                        + "'selectors':[{'category':['" + category + "']}],'labels':'ANY'" + more);
    }

    private static String ends(String day) {
        return ",'validity':{'end':'" + day + "'}";
    }

    private static List<String> sights(Directive... directives) {
        return Sight.of(List.of(directives)).stream()
                .map(sight -> sight.grantee().kind() + " " + sight.grantee().id() + " " + sight.purpose())
                .toList();
    }

    private static Outlook.Row lab(Sight sight, Directive... directives) {
        Policy policy = new Policy(new PersonId(new UUID(1, 1)), 1, List.of(directives));
        return new Outlook(policy, NOBODY, NOW)
                .rows(sight).stream()
                        .filter(row -> row.category().equals(LAB))
                        .findFirst()
                        .orElseThrow();
    }

    private static @Nullable Instant until(Directive... directives) {
        return lab(Sight.of(List.of(directives)).first(), directives).until();
    }

    @Test
    void everybodyWhoIsNamedIsAskedAboutForTheDirectivesPurposes() {
        assertEquals(
                List.of("ORGANISATION clinic TREAT", "PERSON aunt TREAT"),
                sights(permit("d1", CLINIC + ",{'kind':'PERSON','id':'aunt'}", "lab", "")));
    }

    @Test
    void everyoneIsNobodyToAskAbout() {
        assertEquals(List.of(), sights(said("d1", "'effect':'DENY','grantees':[{'kind':'ANY'}],'purposes':['TREAT']")));
    }

    @Test
    void aDenyForEveryPurposeIsAskedAboutForTreatment() {
        assertEquals(
                List.of("ORGANISATION clinic TREAT"),
                sights(said("d1", "'effect':'DENY','grantees':[" + CLINIC + "]")));
    }

    @Test
    void anExceptionNamesMoreAndHasTheDirectivesPurposesOrItsOwn() {
        String deny = "'effect':'DENY','purposes':['HRESCH'],'exceptions':["
                + "{'effect':'PERMIT','grantees':[{'kind':'PERSON','id':'aunt'}]},"
                + "{'effect':'PERMIT','grantees':[{'kind':'PERSON','id':'uncle'}],'purposes':['TREAT']}]";
        assertEquals(List.of("PERSON aunt HRESCH", "PERSON uncle TREAT"), sights(said("d1", deny)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                CLINIC,
                "{'kind':'APP','id':'steps'}",
                "{'kind':'PERSON','id':'aunt'}",
                "{'kind':'ROLE','id':'nurse'}",
                "{'kind':'ROLE','id':'nurse','organisation':'clinic'}",
                "{'kind':'GROUP','id':'team'}",
                "{'kind':'RELATIONSHIP','id':'treating'}",
                "{'kind':'CLASS','id':'pharmacy'}"
            })
    void whoIsNamedSeesThoughNothingElseIsKnownOfHer(String grantee) {
        Directive permit = permit("d1", grantee, "lab", "");
        assertEquals(
                Outcome.PERMIT, lab(Sight.of(List.of(permit)).first(), permit).outcome());
    }

    @Test
    void aRoleInOneOrganisationSeesNothingOfAPermitForAnother() {
        Directive here = permit("d1", "{'kind':'ROLE','id':'nurse','organisation':'clinic'}", "lab", "");
        Directive there = permit("d2", "{'kind':'ROLE','id':'nurse','organisation':'hospital'}", "lab", "");
        assertEquals(Outcome.DENY, lab(Sight.of(List.of(there)).first(), here).outcome());
    }

    @Test
    void aRowHoldsUntilTheLastPermitThatGivesItEnds() {
        Directive first = permit("d1", CLINIC, "lab", ends("2026-12-31"));
        Directive last = permit("d2", CLINIC, "lab", ends("2027-03-31"));
        assertEquals(Instant.parse("2027-03-31T15:00:00Z"), until(last, first));
        assertEquals(null, until(first, permit("d2", CLINIC, "lab", "")));
    }

    @Test
    void aPermitForAnotherCategoryOrSomebodyElseProlongsNothing() {
        Directive lab = permit("d1", CLINIC, "lab", ends("2026-12-31"));
        Instant end = Instant.parse("2026-12-31T15:00:00Z");
        assertEquals(end, until(lab, permit("d2", CLINIC, "allergy", "")));
        assertEquals(end, until(lab, permit("d2", "{'kind':'PERSON','id':'aunt'}", "lab", "")));
        assertEquals(
                end,
                until(
                        lab,
                        said(
                                "d2",
                                "'effect':'DENY','grantees':[" + CLINIC + "],'purposes':['TREAT'],"
                                        + "'selectors':[{'category':['allergy']}]")));
    }
}
