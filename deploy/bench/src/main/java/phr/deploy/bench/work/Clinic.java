package phr.deploy.bench.work;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import phr.deploy.bench.http.Call;
import phr.deploy.bench.server.GatewayServer;
import phr.deploy.bench.server.Person;

/**
 * A clinic that may see the lifelog vital signs of a person who has given two hundred consents: ten name the clinic, ten each
 * another of nineteen organisations.
 */
final class Clinic {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> TYPE = Map.of("Content-Type", "application/json");
    private static final String SAKURA = "sakura-clinic";
    private static final int OTHERS = 19;
    private static final int EACH = 10;
    private static final List<String> CATEGORIES = List.of(
            "lifelog-vitals",
            "checkup-specific",
            "immunization",
            "medication",
            "allergy",
            "lab",
            "imaging",
            "procedure",
            "encounter",
            "dental");

    private Clinic() {}

    /** The person as the clinic knows her. */
    static Person of(GatewayServer gateway, Person person) throws IOException {
        Map<String, String> operator = gateway.operator();
        organisation(gateway, operator, SAKURA, "sakura-viewer");
        for (int number = 1; number <= OTHERS; number++) {
            organisation(gateway, operator, other(number), "viewer-" + number);
        }
        for (int i = 0; i < EACH; i++) {
            grant(gateway, person, SAKURA, CATEGORIES.get(i));
            for (int number = 1; number <= OTHERS; number++) {
                grant(gateway, person, other(number), CATEGORIES.get(i));
            }
        }
        byte[] body = ("{\"organisation\":\"" + SAKURA + "\"}").getBytes(StandardCharsets.UTF_8);
        Call introduction = Call.post("/people/" + person.id() + "/introductions", with(person.headers()), body);
        String patient =
                JSON.readTree(gateway.say(introduction).start()).path("patient").asText();
        return new Person(patient, gateway.clinic());
    }

    private static String other(int number) {
        return "clinic-%02d".formatted(number);
    }

    private static void organisation(GatewayServer gateway, Map<String, String> operator, String id, String client)
            throws IOException {
        byte[] body = """
                {"name":"%s","classes":["medical-institution"],"country":"JP","clients":[{"id":"%s","processor":true}]}""".formatted(id, client).getBytes(StandardCharsets.UTF_8);
        gateway.say(Call.put("/organisations/" + id, with(operator), body));
    }

    private static void grant(GatewayServer gateway, Person person, String organisation, String category)
            throws IOException {
        byte[] body = """
                {"effect":"PERMIT","grantees":[{"kind":"ORGANISATION","id":"Organization/%s"}],"purposes":["TREAT"],\
                "actions":["read"],"countries":["JP"],"selectors":[{"category":["%s"]}],\
                "labels":{"max":"N","sensitivities":[]}}""".formatted(organisation, category).getBytes(StandardCharsets.UTF_8);
        gateway.say(Call.post("/consents", with(person.headers()), body));
    }

    private static Map<String, String> with(Map<String, String> headers) {
        Map<String, String> more = new HashMap<>(headers);
        more.putAll(TYPE);
        return new TreeMap<>(more);
    }
}
