package phr.fhir.normalise.medication.record;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phr.fhir.normalise.medication.part.Place;
import phr.fhir.text.JapaneseDates;
import phr.fhir.text.Width;

/** One understood line. Fields are asked for by their names in {@code fields.tsv}; what was not usable is not there. */
public final class NotebookRecord {

    private final RecordType type;
    private final Place place;
    private final Map<String, String> values;

    NotebookRecord(RecordType type, Place place, Map<String, String> values) {
        this.type = type;
        this.place = place;
        this.values = Map.copyOf(values);
    }

    /** Record number, e.g. {@code 201}. */
    public String number() {
        return type.number();
    }

    /** Name of the kind of record. */
    public String japanese() {
        return type.japanese();
    }

    public Place place() {
        return place;
    }

    /** As written. */
    public @Nullable String text(String field) {
        return values.get(field);
    }

    /** As written; empty when there is none. */
    public String textOrEmpty(String field) {
        return values.getOrDefault(field, "");
    }

    /** In half width, for codes and comparison. */
    public String code(String field) {
        return Width.nfkcTrimmed(textOrEmpty(field));
    }

    public Optional<LocalDate> date(String field) {
        return Optional.ofNullable(values.get(field)).flatMap(JapaneseDates::parse);
    }

    public Optional<BigDecimal> amount(String field) {
        return Optional.ofNullable(values.get(field)).map(text -> new BigDecimal(Width.nfkcTrimmed(text)));
    }

    /** Record 601 has no such field: it is what the patient writes. */
    public Creator creator() {
        return number().equals("601") ? Creator.PATIENT : Creator.of(code("creator"));
    }

    int rp() {
        return Integer.parseInt(code("rp"));
    }
}
