package phr.fhir.normalise.medication.part;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One decoded line: its fields as written, null where the bytes cannot be read. The first is the record number. */
public record WrittenLine(Place place, List<@Nullable String> fields) {

    /** The field without white space at its ends; null when it is missing, empty or cannot be read. */
    public @Nullable String field(int position) {
        String raw = position < fields.size() ? fields.get(position) : null;
        String text = raw == null ? "" : raw.strip();
        return text.isEmpty() ? null : text;
    }
}
