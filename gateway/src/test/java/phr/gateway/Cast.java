package phr.gateway;

import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.Map;

/** Who is who in the tests, and the steps that bring them on stage. */
public final class Cast {

    public static final String SAKURA = """
            {"name":"さくらクリニック","classes":["medical-institution"],"country":"JP",
             "clients":[{"id":"sakura-viewer","processor":true}]}""";

    /** Everything that is not sensitive, for treatment. */
    public static final String SAKURA_MAY_READ = """
            {"effect":"PERMIT","grantees":[{"kind":"ORGANISATION","id":"Organization/sakura-clinic"}],
             "purposes":["TREAT"],"actions":["read"],"countries":["JP"],"selectors":"ALL",
             "labels":{"max":"N","sensitivities":[]}}""";

    private Cast() {}

    public static void organisations() {
        organisation("sakura-clinic", SAKURA);
        organisation("midori-clinic", SAKURA.replace("さくら", "みどり").replace("sakura", "midori"));
        organisation("aruku", """
                {"name":"あるく","classes":["wellness"],"country":"JP",
                 "clients":[{"id":"aruku-backend","processor":false}]}""");
        organisation("mimamori", """
                {"name":"みまもり保険","classes":["insurer-private"],"country":"JP",
                 "clients":[{"id":"mimamori-backend","processor":false}]}""");
    }

    /** Registers the citizen, or finds her registered; her id. */
    public static String register(String token) {
        return Http.as(token)
                .post("/people")
                .then()
                .statusCode(anyOf(is(200), is(201)))
                .extract()
                .path("id");
    }

    /** The id by which the organisation now knows her. */
    public static String introduce(String token, String person, String organisation) {
        return Http.as(token)
                .contentType("application/json")
                .body(Map.of("organisation", organisation))
                .post("/people/" + person + "/introductions")
                .then()
                .statusCode(anyOf(is(200), is(201)))
                .extract()
                .path("patient");
    }

    /** Grants the directive; its id. */
    public static String grant(String token, String directive) {
        return Http.as(token)
                .contentType("application/json")
                .body(directive)
                .post("/consents")
                .then()
                .statusCode(201)
                .extract()
                .path("directive.id");
    }

    public static void revokeEverything(String token) {
        List<String> active = Http.as(token)
                .get("/consents")
                .then()
                .statusCode(200)
                .extract()
                .path("findAll { it.directive.state == 'ACTIVE' }.directive.id");
        for (String id : active) {
            Http.as(token).post("/consents/" + id + "/$revoke").then().statusCode(200);
        }
    }

    /** The clinic works in this municipality. */
    public static void areas(String area) {
        organisation("sakura-clinic", SAKURA.replace("\"country\"", "\"areas\":[\"" + area + "\"],\"country\""));
    }

    private static void organisation(String id, String body) {
        Http.as(Tokens.operator())
                .contentType("application/json")
                .body(body)
                .put("/organisations/" + id)
                .then()
                .statusCode(anyOf(is(200), is(201)));
    }
}
