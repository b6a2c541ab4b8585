package phr.deploy.bench.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The realm of the demo with citizens for the benchmark, who all share Hanako's name, and with tokens that outlive a run. */
final class Realm {

    static final int CITIZENS = 100;

    private static final int TOKEN_SECONDS = 6 * 3600;
    private static final ObjectMapper JSON = new ObjectMapper();

    private Realm() {}

    static String user(int number) {
        return "bench-%02d".formatted(number);
    }

    static Path write(Path demo, Path file) throws IOException {
        ObjectNode realm = (ObjectNode) JSON.readTree(Files.readAllBytes(demo));
        realm.put("accessTokenLifespan", TOKEN_SECONDS);
        realm.put("ssoSessionIdleTimeout", TOKEN_SECONDS).put("ssoSessionMaxLifespan", TOKEN_SECONDS);
        ArrayNode users = (ArrayNode) realm.get("users");
        ObjectNode hanako = (ObjectNode) users.get(0);
        for (int number = 0; number < CITIZENS; number++) {
            users.add(citizen(hanako.deepCopy(), number));
        }
        return Files.write(file, JSON.writeValueAsBytes(realm));
    }

    private static ObjectNode citizen(ObjectNode like, int number) {
        String name = user(number);
        like.put("id", "00000000-0000-4000-a000-%012d".formatted(number));
        like.put("username", name).put("email", name + "@phr.example");
        ((ObjectNode) like.get("credentials").get(0)).put("value", name + "-demo");
        return like;
    }
}
