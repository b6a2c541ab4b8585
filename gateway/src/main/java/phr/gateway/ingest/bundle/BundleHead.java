package phr.gateway.ingest.bundle;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;

/**
 * What has to be known of a Bundle before anybody is asked for a permit.
 *
 * @param transaction all entries or none; else a batch
 * @param subject reference to whom the first resource with a subject is about; null when none says so
 * @param entries how many
 */
record BundleHead(boolean transaction, @Nullable String subject, int entries) {

    /** As many records as a vendor may send at once (lifelog.md §6); more come in as a file. */
    static final int MOST_ENTRIES = 10_000;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(100).build())
            .build();

    /**
     * @throws phr.fhir.failure.FailureException MALFORMED when it is no Bundle of type batch or transaction, TOO_LARGE when it has
     *     more than 10,000 entries
     */
    static BundleHead of(byte[] bundle) {
        try (JsonParser parser = JSON.createParser(bundle)) {
            return new Reader(parser).read();
        } catch (JsonProcessingException e) {
            String line = "line "
                    + Math.max(1, e.getLocation() == null ? 1 : e.getLocation().getLineNr());
            throw Failure.of(Category.MALFORMED, "JSON-3", "not well-formed JSON", line)
                    .exception();
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
    }

    private static final class Reader {

        private final JsonParser parser;
        private final Set<String> names = new HashSet<>();
        private @Nullable String resourceType;
        private @Nullable String type;
        private @Nullable String subject;
        private int entries;

        Reader(JsonParser parser) {
            this.parser = parser;
        }

        /** At the value of a field; moves no further than its end. */
        private interface Field {
            void at(String name) throws IOException;
        }

        BundleHead read() throws IOException {
            demand(parser.nextToken() == JsonToken.START_OBJECT, "a Bundle expected", "$");
            fields(this::root);
            demand(parser.nextToken() == null, "nothing may follow the Bundle", "$");
            demand("Bundle".equals(resourceType), "a Bundle expected", "Bundle.resourceType");
            boolean transaction = "transaction".equals(type);
            demand(transaction || "batch".equals(type), "a batch or a transaction expected", "Bundle.type");
            return new BundleHead(transaction, subject, entries);
        }

        private void root(String name) throws IOException {
            demand(names.add(name), "a name is repeated", "Bundle");
            switch (name) {
                case "resourceType" -> resourceType = parser.getText();
                case "type" -> type = parser.getText();
                case "entry" -> {
                    demand(parser.currentToken() == JsonToken.START_ARRAY, "a list expected", "Bundle.entry");
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        entry();
                    }
                }
                default -> parser.skipChildren();
            }
        }

        private void entry() throws IOException {
            if (++entries > MOST_ENTRIES) {
                throw Failure.of(Category.TOO_LARGE, "FHIR-12", "more than 10,000 entries", "Bundle.entry")
                        .exception();
            }
            if (subject != null || parser.currentToken() != JsonToken.START_OBJECT) {
                parser.skipChildren();
                return;
            }
            inside("resource", () -> inside("subject", () -> inside("reference", () -> subject = parser.getText())));
        }

        private interface Step {
            void run() throws IOException;
        }

        private void inside(String wanted, Step step) throws IOException {
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                fields(name -> {
                    if (name.equals(wanted)) {
                        step.run();
                    }
                    parser.skipChildren();
                });
            }
        }

        private void fields(Field field) throws IOException {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                field.at(name);
            }
        }

        private static void demand(boolean condition, String otherwise, String where) {
            if (!condition) {
                throw Failure.of(Category.MALFORMED, "FHIR-13", otherwise, where)
                        .exception();
            }
        }
    }
}
