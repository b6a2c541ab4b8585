package phr.fhir.echeckup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import phr.fhir.fixtures.People;
import phr.fhir.fixtures.Person;
import phr.fhir.normalise.GoldenCases;

/**
 * {@code document.ndjson}: the head of the Bundle and each entry of what is given out of {@code in.xml}; {@code expected.remarks}: what
 * the form could not carry. Items named in {@code hidden.txt} are not seen by the reader. The name of a folder begins with the person.
 */
class GoldenECheckupTest extends GoldenCases {

    private static final Map<String, Person> PEOPLE =
            Map.of("hanako", People.HANAKO, "taro", People.TARO, "ryoko", People.RYOKO, "shige", People.SHIGE);

    GoldenECheckupTest() {
        super("echeckup");
    }

    @Override
    protected Answer read(Path folder, byte[] content, boolean fast) throws IOException {
        String name = String.valueOf(folder.getFileName()).toLowerCase(Locale.ROOT);
        Recorded record =
                Recorded.of(content, Objects.requireNonNull(PEOPLE.get(name.substring(0, name.indexOf('-')))));
        Path hidden = folder.resolve("hidden.txt");
        for (String code :
                Files.exists(hidden) ? Files.readAllLines(hidden, StandardCharsets.UTF_8) : List.<String>of()) {
            record = record.without(code);
        }
        CheckupBundle document = record.document();
        List<String> lines = new ArrayList<>(List.of(document.head().toString()));
        document.entries().forEach(entry -> lines.add(entry.fullUrl() + " " + entry.resource()));
        return new Answer(
                Map.of("document.ndjson", lines, "expected.remarks", Recorded.remarks(document)),
                List.of(Recorded.json(document)),
                List.of());
    }

    /** The record keeps the file, the document does not. */
    @Override
    protected long kept(Answer answer) {
        return 0;
    }
}
