package phr.fhir.normalise.clinical.survey;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.json.Pieces;
import phr.fhir.text.MyNumber;

/** What a Bundle says of itself before its entries; nothing for files that are none. */
public record Head(Map<String, String> values) {

    /** Types whose entries belong together, so that ids may be of the one document only. */
    private static final Set<String> DOCUMENTS = Set.of("document", "collection", "message");

    /** 医療機関番号 {@code ^} 年 {@code ^} number (checkup-fhir.md §4). */
    private static final Pattern IDENTIFIER = Pattern.compile("(\\d{10})\\^\\d{4}\\^.{1,64}");

    public Head {
        values = Map.copyOf(values);
    }

    static Head of(Content content) throws IOException {
        return new Head(Pieces.head(content));
    }

    boolean bundle() {
        return value("resourceType").equals("Bundle");
    }

    /** Whether it is one document, collection or message. */
    boolean document() {
        return bundle() && DOCUMENTS.contains(value("type"));
    }

    /** System and value of its identifier, {@code system|value}; empty when it has none. */
    String identifier() {
        String system = value("identifier.system");
        String value = value("identifier.value");
        return bundle() && !system.isEmpty() && !value.isEmpty() ? system + "|" + value : "";
    }

    /** 医療機関番号 of the sender; empty when the identifier does not tell. */
    String institution() {
        Matcher written = IDENTIFIER.matcher(value("identifier.value"));
        return bundle() && written.matches() ? written.group(1) : "";
    }

    /** Whether a My Number stands outside the entries. */
    public boolean holdsMyNumber() {
        return bundle() && values.values().stream().anyMatch(MyNumber::in);
    }

    private String value(String name) {
        return values.getOrDefault(name, "");
    }
}
