package phr.fhir.normalise.lifelog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Coding;
import org.jspecify.annotations.Nullable;
import phr.fhir.normalise.Intake;
import phr.fhir.normalise.KeptOriginal;

/** What is said of a lifelog file that is kept. */
final class OriginalDescription {

    private static final KeptOriginal.Importer IMPORTER = new KeptOriginal.Importer("lifelog mapping", "1");
    private static final String DOCTYPE = "http://phr.or.jp/fhir/doctype";
    private static final String DOCUMENT_TYPE = "http://phr.or.jp/fhir/CodeSystem/document-type";

    private OriginalDescription() {}

    /**
     * @param names Japanese names of what was measured
     * @param schema the one schema of the file, null when there are several or none
     * @param first earliest time in the file
     * @param last latest time in the file
     */
    static KeptOriginal of(
            Intake intake,
            String mediaType,
            Set<String> names,
            @Nullable Schema schema,
            @Nullable Instant first,
            @Nullable Instant last) {
        return new KeptOriginal(intake, mediaType, title(names, first), types(schema), null, IMPORTER, first, last);
    }

    /** The same of a file whose table says what it is. */
    static KeptOriginal of(
            Intake intake, String mediaType, RecordDescription about, @Nullable Instant first, @Nullable Instant last) {
        List<Coding> types = List.of(new Coding().setSystem(DOCUMENT_TYPE).setCode(about.type()));
        String title = title(Set.of(about.title()), first);
        return new KeptOriginal(intake, mediaType, title, types, null, about.importer(), first, last);
    }

    private static List<Coding> types(@Nullable Schema schema) {
        List<Coding> types = new ArrayList<>();
        if (schema != null && !schema.doctype().isEmpty()) {
            types.add(new Coding().setSystem(DOCTYPE).setCode(schema.doctype()));
        }
        String code = schema == null || schema.documentType().isEmpty() ? "unspecified" : schema.documentType();
        types.add(new Coding().setSystem(DOCUMENT_TYPE).setCode(code));
        return types;
    }

    private static String title(Set<String> names, @Nullable Instant first) {
        String about = names.isEmpty() ? "ライフログ" : names.stream().limit(3).collect(Collectors.joining("・"));
        return first == null
                ? about
                : about + " " + first.atZone(WrittenTime.JAPAN).toLocalDate();
    }
}
