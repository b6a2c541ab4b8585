package phr.consent.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static phr.consent.engine.Scene.resource;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import phr.consent.Action;
import phr.consent.directive.Window;
import phr.consent.lifecourse.Authority;
import phr.consent.lifecourse.LifeEvent;
import phr.consent.trace.Explained;
import phr.fhir.facts.Facts;

/** What an authority gives and until when (consent-semantics.md §3 step 2, §10.2, §11). */
class ProxyRulesTest {

    private static final Facts LAB = resource("Observation", "lab");
    private static final Instant SOON = Scene.at("2026-06-01T10:04:00+09:00");

    private static Authority authority(
            Authority.Kind kind, Window validity, @Nullable Instant reviewDue, @Nullable Instant supervised) {
        return new Authority(
                "a",
                "son",
                kind,
                Authority.State.IN_FORCE,
                validity,
                Authority.Activation.AT_ONCE,
                Authority.Scope.ALL,
                reviewDue,
                supervised);
    }

    private static Scene under(Authority authority) {
        return new Scene().born("1950-01-01").proxy(authority).purpose("PATRQT");
    }

    @Test
    void theBasisIsTheAuthority() {
        Scene scene = under(authority(Authority.Kind.NAMED_PROXY, Window.ANY, null, null));
        Explained explained = scene.explain(LAB);
        assertEquals("AUTHORITY", explained.basis().code());
        assertEquals("a", explained.basis().authority());
        assertEquals("a", scene.permit().basis().authority());
        assertEquals("PROXY", explained.reason().name());
    }

    @Test
    void noDecisionOutlivesTheAuthority() {
        Authority.Kind kind = Authority.Kind.NAMED_PROXY;
        assertEquals(
                SOON,
                under(authority(kind, new Window(null, SOON), null, null))
                        .permit()
                        .validUntil());
        assertEquals(
                SOON, under(authority(kind, Window.ANY, SOON, null)).permit().validUntil());
        Scene sleeping = under(authority(Authority.Kind.NIN_I_KOUKEN, Window.ANY, null, SOON));
        assertEquals("AUTHORITY", sleeping.refusal());
        assertEquals(SOON, sleeping.explain(LAB).validUntil());
        assertEquals("PERMIT", sleeping.now("2026-06-01T10:04:00+09:00").of(LAB));
    }

    @Test
    void noEmergencyIsOpenedByAnAuthority() {
        Scene scene = under(authority(Authority.Kind.NAMED_PROXY, Window.ANY, null, null));
        assertEquals("DEFAULT", scene.purpose("BTG").of(LAB));
        assertEquals("DEFAULT", scene.purpose("PATRQT", "BTG").refusal());
        assertEquals("PERMIT", scene.purpose("TREAT").of(LAB));
    }

    @Test
    void aScopeOfPurposesCoversWhatIsBelowThem() {
        Authority.Scope scope = new Authority.Scope(null, Set.of("TREAT"), Set.of(Action.READ), false);
        Authority held = new Authority(
                "a",
                "son",
                Authority.Kind.NAMED_PROXY,
                Authority.State.IN_FORCE,
                Window.ANY,
                Authority.Activation.AT_ONCE,
                scope);
        Scene scene = under(held);
        assertEquals("PERMIT", scene.purpose("COC").of(LAB));
        assertEquals("AUTHORITY", scene.purpose("COC", "PATRQT").of(LAB), "every purpose");
        assertEquals("AUTHORITY", scene.purpose("COC").action(Action.EXPORT).of(LAB));
    }

    @Test
    void afterDeathAWishMustNameTheProxyForEveryPurposeAndBeInForce() {
        Instant then = Scene.at("2026-05-01T00:00:00+09:00");
        LifeEvent death = new LifeEvent(LifeEvent.Type.DEATH, then, true, then);
        String wish = "{'effect':'PERMIT','phase':'AFTER_DEATH','grantees':[{'kind':'PERSON','id':'son'}],"
                + "'purposes':['FAMRQT'],'actions':['read'],'selectors':'ALL','labels':'ANY'}";
        Authority held = authority(Authority.Kind.NAMED_PROXY, Window.ANY, null, null);
        for (String[] row : new String[][] {
            {wish, "PERMIT"},
            {wish.replace("'son'", "'daughter'"), "AUTHORITY"},
            {wish.replace("'PERSON','id':'son'", "'ANY'"), "AUTHORITY"},
            {wish.replace("AFTER_DEATH", "LIFE"), "AUTHORITY"},
            {wish.replace("'effect':'PERMIT'", "'effect':'DENY','emergency':'never'"), "AUTHORITY"},
            {wish.replace("'labels'", "'validity':{'end':'2026-05-31'},'labels'"), "AUTHORITY"},
            {wish.replace("'phase'", "'state':'REVOKED','phase'"), "AUTHORITY"}
        }) {
            Scene scene = new Scene().born("1950-01-01", death).proxy(held).purpose("FAMRQT");
            assertEquals(row[1], scene.says(row[0]).of(LAB), row[0]);
        }
        Scene two = new Scene()
                .born("1950-01-01", death)
                .proxy(held)
                .purpose("FAMRQT", "PATRQT")
                .says(wish);
        assertEquals("DEFAULT", two.of(LAB));
    }

    @Test
    void anotherPersonsAuthorityOrNoneIsRefused() {
        Authority held = authority(Authority.Kind.NAMED_PROXY, Window.ANY, null, null);
        Scene other = under(held).given(Circumstances.NONE.withAuthorities(List.of()));
        assertEquals("AUTHORITY", other.of(LAB));
        assertEquals("AUTHORITY", other.explain(LAB).reason().name());
        assertEquals("NONE", other.explain(LAB).basis().code());
    }
}
