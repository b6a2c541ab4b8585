package phr.deploy.bench.work;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import phr.deploy.bench.http.Call;
import phr.deploy.bench.http.Connection;

/** Looks into an answer once, so that no empty page is measured. */
final class Found {

    private static final Pattern ID = Pattern.compile("\"resourceType\":\"Observation\",\"id\":\"([^\"]+)\"");

    private Found() {}

    static void demand(Stage stage, Call search, int count) throws IOException {
        int found = ids(stage, search).size();
        if (found != count) {
            throw new IOException("a search finds " + found + " Observations instead of " + count);
        }
    }

    static List<String> ids(Stage stage, Call search) throws IOException {
        try (Connection connection = new Connection(stage.contender().port()).keeping()) {
            Matcher id = ID.matcher(connection.send(search).orFail("a search").text());
            List<String> ids = new ArrayList<>();
            while (id.find()) {
                ids.add(id.group(1));
            }
            return ids;
        }
    }
}
