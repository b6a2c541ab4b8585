package phr.fhir.normalise.medication.record;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Issue.Severity;
import phr.fhir.normalise.medication.part.Faults;
import phr.fhir.normalise.medication.part.Place;
import phr.fhir.normalise.medication.part.WrittenLine;
import phr.fhir.text.JapaneseDates;
import phr.fhir.text.Width;

/**
 * Reads one line by the table of its record. A value that is not what its field is for is told and left out; a line whose record,
 * RP number or 作成者 cannot be made out is in the original only, since it would be taken for something else (TC-R4).
 */
final class LineCheck {

    private final Header header;
    private final Faults faults;

    LineCheck(Header header, Faults faults) {
        this.header = header;
        this.faults = faults;
    }

    Optional<NotebookRecord> read(WrittenLine line) {
        String number = line.field(0);
        RecordType type = number == null
                ? null
                : RecordType.find(Width.nfkcTrimmed(number)).orElse(null);
        if (type == null) {
            faults.leaveOut(Severity.WARNING, "not-supported", "TC-R5", "the record is not known", line.place());
            return Optional.empty();
        }
        if (type.since() > header.version()) {
            younger(line.place());
        }
        surplus(type, line);
        Map<String, String> values = new HashMap<>();
        boolean shifted = false;
        for (FieldType field : type.fields()) {
            String value = line.field(field.position());
            if (value == null) {
                missing(field, line);
            } else if (usable(field, value, line.place())) {
                values.put(field.name(), value);
            } else if (type.number().equals("5") && field.kind().equals("creator")) {
                faults.warning("code-invalid", "TC-R4", "作成者 is none; taken as not stated", line.place());
            } else {
                shifted |= List.of("creator", "rp").contains(field.kind());
            }
        }
        if (shifted) {
            faults.leaveOut(
                    Severity.ERROR, "value", "TC-R4", "作成者 or RP番号 is none, as if fields had shifted", line.place());
            return Optional.empty();
        }
        return complete(type, values, line.place());
    }

    /** Without the field that everything else is about there is nothing to map. */
    private Optional<NotebookRecord> complete(RecordType type, Map<String, String> values, Place place) {
        boolean rpMissing =
                type.fields().stream().anyMatch(field -> field.kind().equals("rp")) && !values.containsKey("rp");
        boolean subject = type.number().equals("301")
                || type.fields().stream()
                        .filter(field -> List.of("name", "content").contains(field.name()))
                        .allMatch(field -> values.containsKey(field.name()));
        if (rpMissing || !subject) {
            faults.leaveOut(Severity.ERROR, "required", "TC-4", "the line says nothing without that field", place);
            return Optional.empty();
        }
        return Optional.of(new NotebookRecord(type, place, values));
    }

    private void younger(Place place) {
        faults.warning("structure", "TC-R5", "this version has no such record or field yet; read all the same", place);
    }

    private void surplus(RecordType type, WrittenLine line) {
        if (line.fields().size() > type.fields().size() + 1) {
            faults.warning(
                    "structure",
                    "TC-R5",
                    "more fields than the record has; the surplus is in the original only",
                    line.place());
        }
        boolean younger = type.fields().stream()
                .anyMatch(field -> field.since() > header.version() && line.field(field.position()) != null);
        if (younger && type.since() <= header.version()) {
            younger(line.place());
        }
    }

    private void missing(FieldType field, WrittenLine line) {
        if (field.required()) {
            faults.warning("required", "TC-4", "missing: " + field.japanese(), line.place());
        }
    }

    private boolean usable(FieldType field, String value, Place place) {
        String kind = field.kind();
        String plain = Width.nfkcTrimmed(value);
        if (kind.equals("creator")) {
            return Codes.name("creator", plain).isPresent();
        }
        if (kind.equals("rp")) {
            return plain.matches("0{0,2}[1-9]\\d{0,2}") && plain.length() <= 3;
        }
        String fault = fault(kind, field.detail(), plain);
        if (fault != null) {
            faults.warning(
                    "value", fault.startsWith("digits") ? "S-10" : "TC-5", field.japanese() + ": " + fault, place);
        }
        if (kind.startsWith("code:")) {
            codes(field, plain, place);
        }
        return fault == null;
    }

    private static @Nullable String fault(String kind, String detail, String plain) {
        if (kind.equals("date")) {
            return JapaneseDates.parse(plain).isPresent() ? null : "no date";
        }
        if (kind.startsWith("digits:")) {
            return plain.matches("\\d{" + detail + "}") ? null : "not of " + detail + " digits";
        }
        if (kind.startsWith("number:")) {
            int dot = detail.indexOf('.');
            String form = "\\d{1," + detail.substring(0, dot) + "}(\\.\\d{1," + detail.substring(dot + 1) + "})?";
            return plain.matches(form)
                    ? null
                    : plain.matches("\\d+(\\.\\d+)?") ? "digits beyond what is allowed" : "no number";
        }
        return null;
    }

    /** An unknown code is kept: what it means is told by nobody, not that it is wrong. */
    private void codes(FieldType field, String plain, Place place) {
        if (Codes.name(field.detail(), plain).isEmpty()) {
            faults.warning("code-invalid", "TC-5", field.japanese() + ": code outside its list", place);
        }
    }
}
