package phr.fhir.normalise.vendor;

import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import phr.fhir.normalise.vendor.measure.Fields;
import phr.fhir.normalise.vendor.table.Column;
import phr.fhir.normalise.xml.Element;

/**
 * An element as a row. A path is names of elements separated by slashes, each perhaps with the value of an attribute behind it,
 * <code>result[@code=a]</code>; {@code @name} at its end is an attribute.
 *
 * @param open elements around the row, innermost first, with what stands outside of rows
 */
record XmlRow(Element row, Collection<Element> open) implements Fields {

    private static final Pattern STEP = Pattern.compile("([^\\[@]+)\\[@([^=]+)=([^\\]]*)]");

    @Override
    public @Nullable String text(Column column) {
        if (!column.outer()) {
            return at(row, column.path());
        }
        for (Element around : open) {
            List<String> path = column.path();
            boolean itself = path.size() > 1 && path.get(0).equals(around.name);
            String found = at(around, itself ? path.subList(1, path.size()) : path);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    @Override
    public String place() {
        return row.path + ", line " + row.line;
    }

    private static @Nullable String at(Element from, List<String> path) {
        Element element = from;
        for (String step : path) {
            if (step.startsWith("@")) {
                return element.attribute(step.substring(1));
            }
            Element next = child(element, step);
            if (next == null) {
                return null;
            }
            element = next;
        }
        return element.text();
    }

    private static @Nullable Element child(Element element, String step) {
        Matcher chosen = STEP.matcher(step);
        boolean choice = chosen.matches();
        String name = choice ? chosen.group(1) : step;
        return element.children(name).stream()
                .filter(child -> !choice || chosen.group(3).equals(child.attribute(chosen.group(2))))
                .findFirst()
                .orElse(null);
    }
}
