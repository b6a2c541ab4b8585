package phr.gateway.pitfalls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import phr.deploy.machine.Checkout;

/** Every row of the pitfalls, worked examples and mistakes of others stands in the name of a test, in whatever module. */
class RowsTest {

    private static final int PITFALLS = 35;

    /** The name of a test or of the runs of a parameterized one. */
    private static final Pattern NAME = Pattern.compile("(?:@DisplayName\\(|\\bname =)\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

    @Test
    void every_row_has_a_test_that_names_it() throws IOException {
        List<String> names = names();
        List<String> untested = new ArrayList<>();
        for (int number = 1; number <= PITFALLS; number++) {
            Pattern row = Pattern.compile("\\bP-" + number + "\\b");
            if (names.stream().noneMatch(name -> row.matcher(name).find())) {
                untested.add("P-" + number);
            }
        }
        for (String row : rows()) {
            String section = row.substring(0, row.indexOf(' '));
            String text = row.substring(section.length() + 1);
            if (names.stream().noneMatch(name -> name.contains(section) && name.contains(text))) {
                untested.add(row);
            }
        }
        assertEquals(List.of(), untested);
    }

    private static List<String> rows() throws IOException {
        try (InputStream in = Objects.requireNonNull(RowsTest.class.getResourceAsStream("rows.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> modules = Files.list(Checkout.find().root())) {
            for (Path tests :
                    modules.map(module -> module.resolve("src/test/java")).toList()) {
                if (Files.isDirectory(tests)) {
                    collect(tests, names);
                }
            }
        }
        return names;
    }

    private static void collect(Path tests, List<String> names) throws IOException {
        try (Stream<Path> files = Files.walk(tests)) {
            for (Path file : files.filter(path -> path.toString().endsWith("Test.java")
                            || path.toString().endsWith("Contract.java"))
                    .toList()) {
                Matcher name = NAME.matcher(Files.readString(file));
                while (name.find()) {
                    names.add(name.group(1).replace("\\\"", "\""));
                }
            }
        }
    }
}
