package phr.fhir.normalise.lifelog;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Issue;

/** Which entries of a Bundle are read. */
public interface EntryRule {

    /** A file tells what was: whatever an entry brought into being counts. */
    EntryRule OF_FILES = (place, entry) -> {
        if (!Set.of("", "POST", "PUT", "GET").contains(text(entry, "request", "method"))) {
            return Issue.error("not-supported", "FHIR-2", "an entry that deletes or patches is not carried out", place);
        }
        return text(entry, "search", "mode").equals("outcome")
                ? Issue.information("informational", "FHIR-1", "an outcome of a search: kept in the original", place)
                : null;
    };

    /** Null when the entry is read. */
    @Nullable
    Issue refusal(String place, JsonNode entry);

    /** Whether entries that differ from it in names and numbers only need no look of their own. */
    default boolean repeats(JsonNode entry) {
        return true;
    }

    /** A text two levels below an entry; empty when there is none. */
    static String text(JsonNode entry, String object, String field) {
        return entry.path(object).path(field).asText("");
    }
}
