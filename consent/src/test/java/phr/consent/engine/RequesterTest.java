package phr.consent.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phr.consent.AccessRequest;
import phr.consent.Action;
import phr.consent.Capacity;
import phr.consent.ClientApp;
import phr.consent.Decision;
import phr.consent.Party;
import phr.consent.directive.Directive;
import phr.consent.directive.DirectiveReader;
import phr.consent.directive.State;

/**
 * Grantee kinds: which facet of the requester each matches in a deny, and which party it covers in a permit (consent-semantics.md
 * §3 "receiving parties", §4.1).
 */
class RequesterTest {

    private static final Party HOSPITAL =
            new Party("hospital", Set.of("urn:oid|1"), Set.of("medical-institution"), "JP", Set.of("group"));
    private static final Party VENDOR =
            new Party("vendor", Set.of("urn:oid|2"), Set.of("phr-provider"), "JP", Set.of());

    private static final ClientApp OWN = new ClientApp("portal", true, false, null);
    private static final ClientApp FOREIGN = new ClientApp("viewer", false, false, VENDOR);
    private static final ClientApp PROCESSOR = new ClientApp("viewer", false, true, VENDOR);

    private static AccessRequest request(Capacity capacity, ClientApp app, @Nullable Party organisation) {
        return new AccessRequest(
                Scene.PERSON,
                app,
                "dr",
                false,
                organisation,
                Set.of("physician"),
                capacity,
                List.of("TREAT"),
                Action.READ,
                Set.of("team"),
                Set.of("family-doctor"),
                null,
                null,
                Set.of("Practitioner/1"),
                true);
    }

    private static Directive directive(String effect, String grantee) {
        String json = "{'effect':'" + effect + "','grantees':[" + grantee + "],'purposes':['TREAT'],'actions':['read'],"
                + "'selectors':'ALL','labels':'ANY'" + (effect.equals("DENY") ? ",'emergency':'never'}" : "}");
        return DirectiveReader.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static String decided(AccessRequest request, String... directives) {
        List<Directive> made = new ArrayList<>();
        for (String directive : directives) {
            String[] parts = directive.split(" ", 2);
            made.add(directive(parts[0], parts[1]).as("d" + made.size(), 1, State.ACTIVE));
        }
        Policy policy = new Policy(Scene.PERSON, 1, made);
        Decision decision = Engine.compile(request, policy, Scene.at("2026-06-01T10:00:00+09:00"));
        return decision.fold(permit -> "PERMIT", denial -> denial.reason().name());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "{'kind':'ANY'}; PERMIT; EXPLICIT",
                "{'kind':'ORGANISATION','id':'hospital'}; PERMIT; EXPLICIT",
                "{'kind':'ORGANISATION','id':'urn:oid|1'}; PERMIT; EXPLICIT",
                "{'kind':'ORGANISATION','id':'group'}; DEFAULT; PERMIT",
                "{'kind':'ORGANISATION','id':'group','includeUnits':true}; PERMIT; EXPLICIT",
                "{'kind':'ORGANISATION','id':'other','includeUnits':true}; DEFAULT; PERMIT",
                "{'kind':'ORGANISATION','id':'vendor'}; DEFAULT; PERMIT",
                "{'kind':'APP','id':'viewer'}; DEFAULT; EXPLICIT",
                "{'kind':'APP','id':'other'}; DEFAULT; PERMIT",
                "{'kind':'PERSON','id':'dr'}; PERMIT; EXPLICIT",
                "{'kind':'PERSON','id':'Practitioner/1'}; PERMIT; EXPLICIT",
                "{'kind':'PERSON','id':'nurse'}; DEFAULT; PERMIT",
                "{'kind':'ROLE','id':'physician'}; PERMIT; EXPLICIT",
                "{'kind':'ROLE','id':'nurse'}; DEFAULT; PERMIT",
                "{'kind':'ROLE','id':'physician','organisation':'hospital'}; PERMIT; EXPLICIT",
                "{'kind':'ROLE','id':'physician','organisation':'urn:oid|1'}; PERMIT; EXPLICIT",
                "{'kind':'ROLE','id':'physician','organisation':'other'}; DEFAULT; PERMIT",
                "{'kind':'GROUP','id':'team'}; PERMIT; EXPLICIT",
                "{'kind':'GROUP','id':'others'}; DEFAULT; PERMIT",
                "{'kind':'RELATIONSHIP','id':'family-doctor'}; PERMIT; EXPLICIT",
                "{'kind':'RELATIONSHIP','id':'neighbour'}; DEFAULT; PERMIT",
                "{'kind':'CLASS','id':'medical-institution'}; PERMIT; EXPLICIT",
                "{'kind':'CLASS','id':'phr-provider'}; DEFAULT; PERMIT"
            })
    void aGranteeNamesTheUserOrTheOrganisationSheActsFor(String grantee, String permitted, String denied) {
        AccessRequest request = request(Capacity.RECIPIENT, PROCESSOR, HOSPITAL);
        assertEquals(permitted, decided(request, "PERMIT " + grantee), "as a permit");
        assertEquals(denied, decided(request, "PERMIT {'kind':'ANY'}", "DENY " + grantee), "as a deny");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "{'kind':'ANY'}; PERMIT; EXPLICIT",
                "{'kind':'ORGANISATION','id':'vendor'}; PERMIT; EXPLICIT",
                "{'kind':'ORGANISATION','id':'urn:oid|2'}; PERMIT; EXPLICIT",
                "{'kind':'CLASS','id':'phr-provider'}; PERMIT; EXPLICIT",
                "{'kind':'APP','id':'viewer'}; PERMIT; EXPLICIT",
                "{'kind':'APP','id':'other'}; DEFAULT; PERMIT",
                "{'kind':'PERSON','id':'dr'}; DEFAULT; EXPLICIT",
                "{'kind':'ROLE','id':'physician'}; DEFAULT; EXPLICIT",
                "{'kind':'GROUP','id':'team'}; DEFAULT; EXPLICIT",
                "{'kind':'RELATIONSHIP','id':'family-doctor'}; DEFAULT; EXPLICIT"
            })
    void p33TheVendorIsCoveredAsOrganisationClassOrAppAndNeverAsUser(String grantee, String permitted, String denied) {
        AccessRequest request = request(Capacity.RECIPIENT, FOREIGN, HOSPITAL);
        String organisation = "PERMIT {'kind':'ORGANISATION','id':'hospital'}";
        assertEquals(permitted, decided(request, organisation, "PERMIT " + grantee), "as a permit");
        assertEquals(denied, decided(request, "PERMIT {'kind':'ANY'}", "DENY " + grantee), "as a deny");
    }

    @Test
    void anAppCoversItsVendorAndNotTheOrganisationThatUsesIt() {
        AccessRequest request = request(Capacity.RECIPIENT, FOREIGN, HOSPITAL);
        assertEquals("DEFAULT", decided(request, "PERMIT {'kind':'APP','id':'viewer'}"));
        AccessRequest vendorItself = request(Capacity.RECIPIENT, FOREIGN, VENDOR);
        assertEquals("PERMIT", decided(vendorItself, "PERMIT {'kind':'APP','id':'viewer'}"));
        AccessRequest byAlias =
                request(Capacity.RECIPIENT, FOREIGN, new Party("urn:oid|2", Set.of(), Set.of(), "JP", Set.of()));
        assertEquals("PERMIT", decided(byAlias, "PERMIT {'kind':'APP','id':'viewer'}"));
        AccessRequest alsoCalled =
                request(Capacity.RECIPIENT, FOREIGN, new Party("other", Set.of("vendor"), Set.of(), "JP", Set.of()));
        assertEquals("PERMIT", decided(alsoCalled, "PERMIT {'kind':'APP','id':'viewer'}"));
    }

    @Test
    void theVendorOfAFirstPartyAppOrOfAProcessorReceivesNothing() {
        String organisation = "PERMIT {'kind':'ORGANISATION','id':'hospital'}";
        ClientApp firstParty = new ClientApp("viewer", true, false, VENDOR);
        assertEquals("PERMIT", decided(request(Capacity.RECIPIENT, firstParty, HOSPITAL), organisation));
        assertEquals("PERMIT", decided(request(Capacity.RECIPIENT, PROCESSOR, HOSPITAL), organisation));
        assertEquals("PERMIT", decided(request(Capacity.RECIPIENT, OWN, HOSPITAL), organisation));
        assertEquals("DEFAULT", decided(request(Capacity.RECIPIENT, FOREIGN, HOSPITAL), organisation));
    }

    @Test
    void forThePersonHerselfOnlyTheVendorReceives() {
        AccessRequest self = request(Capacity.SELF, FOREIGN, HOSPITAL);
        assertEquals("DEFAULT", decided(self, "PERMIT {'kind':'ORGANISATION','id':'hospital'}"));
        assertEquals("PERMIT", decided(self, "PERMIT {'kind':'APP','id':'viewer'}"));
        assertEquals("PERMIT", decided(request(Capacity.SELF, PROCESSOR, null), "PERMIT {'kind':'APP','id':'viewer'}"));
        assertEquals(
                "PERMIT",
                decided(
                        self,
                        "PERMIT {'kind':'APP','id':'viewer'}",
                        "DENY {'kind':'ROLE','id':'physician','organisation':'hospital'}"),
                "she acts for no organisation");
    }

    @Test
    void everyPartyIsCoveredInItsOwnCountry() {
        Party abroad = new Party("vendor", Set.of(), Set.of(), "US", Set.of());
        AccessRequest request = request(Capacity.RECIPIENT, new ClientApp("viewer", false, false, abroad), HOSPITAL);
        String organisation = "PERMIT {'kind':'ORGANISATION','id':'hospital'}";
        assertEquals("DEFAULT", decided(request, organisation, "PERMIT {'kind':'APP','id':'viewer'}"));
        Directive us = directive("PERMIT", "{'kind':'APP','id':'viewer'}");
        Policy policy = new Policy(
                Scene.PERSON,
                1,
                List.of(
                        directive("PERMIT", "{'kind':'ORGANISATION','id':'hospital'}"),
                        us.withBase(us.base().withCountries("US"))));
        Decision decision = Engine.compile(request, policy, Scene.at("2026-06-01T10:00:00+09:00"));
        assertEquals("PERMIT", decision.fold(permit -> "PERMIT", denial -> "no"));
    }

    @Test
    void aDenyForACountryNeedsAPartyThere() {
        Directive deny = directive("DENY", "{'kind':'ANY'}");
        Directive abroad = deny.withBase(deny.base().withCountries("US"));
        Directive permit = directive("PERMIT", "{'kind':'ANY'}");
        Policy policy = new Policy(
                Scene.PERSON, 1, List.of(permit.withBase(permit.base().withCountries("JP", "US")), abroad));
        AccessRequest here = request(Capacity.RECIPIENT, OWN, HOSPITAL);
        AccessRequest there = request(Capacity.RECIPIENT, OWN, new Party("h", Set.of(), Set.of(), "US", Set.of()));
        assertEquals("PERMIT", at(here, policy));
        assertEquals("EXPLICIT", at(there, policy));
    }

    private static String at(AccessRequest request, Policy policy) {
        return Engine.compile(request, policy, Scene.at("2026-06-01T10:00:00+09:00"))
                .fold(permit -> "PERMIT", denial -> denial.reason().name());
    }

    @ParameterizedTest
    @CsvSource({"dr", "Practitioner/1", "viewer", "vendor", "urn:oid|2", "hospital", "urn:oid|1"})
    void whoIsSuspendedGetsNothing(String id) {
        Directive permit = directive("PERMIT", "{'kind':'ANY'}");
        Policy open = new Policy(Scene.PERSON, 1, List.of(permit));
        AccessRequest request = request(Capacity.RECIPIENT, FOREIGN, HOSPITAL);
        assertEquals("PERMIT", at(request, open));
        Circumstances suspended = Circumstances.NONE.withSuspendedParties(Set.of("somebody", id));
        assertEquals("LAW", at(request, new Policy(Scene.PERSON, 1, List.of(permit), suspended)));
        Circumstances others = Circumstances.NONE.withSuspendedParties(Set.of("somebody"));
        assertEquals("PERMIT", at(request, new Policy(Scene.PERSON, 1, List.of(permit), others)));
    }

    @Test
    void anUnverifiedPersonIsNotServedAsHerself() {
        AccessRequest verified = request(Capacity.SELF, OWN, null);
        Policy empty = new Policy(Scene.PERSON, 1, List.of());
        assertEquals("PERMIT", at(verified, empty));
        AccessRequest unverified = new AccessRequest(
                Scene.PERSON,
                OWN,
                "dr",
                false,
                null,
                Set.of(),
                Capacity.SELF,
                List.of("TREAT"),
                Action.READ,
                Set.of(),
                Set.of(),
                null,
                null,
                Set.of(),
                false);
        assertEquals("DEFAULT", at(unverified, empty));
    }
}
