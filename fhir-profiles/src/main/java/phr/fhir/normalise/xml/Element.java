package phr.fhir.normalise.xml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A small part of a document with its place in the file. */
public final class Element {

    public final String name;
    public final String namespace;
    /** XPath without prefixes. */
    public final String path;

    public final int line;
    private final Map<String, String> attributes = new HashMap<>();
    private final List<Element> children = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    Element(String name, String namespace, String path, int line) {
        this.name = name;
        this.namespace = namespace;
        this.path = path;
        this.line = line;
    }

    void put(String attribute, String value) {
        attributes.put(attribute, value);
    }

    public void add(Element child) {
        children.add(child);
    }

    void append(String characters) {
        text.append(characters);
    }

    /** Attribute as received; {@code xsi:type} under the name {@code xsi:type}. */
    public @Nullable String attribute(String attribute) {
        return attributes.get(attribute);
    }

    /** Attribute with white space collapsed as FHIR codes demand; null when absent or blank. */
    public @Nullable String code(String attribute) {
        String raw = attributes.get(attribute);
        return raw == null || raw.isBlank() ? null : raw.strip().replaceAll("\\s+", " ");
    }

    public boolean isNull() {
        return attributes.containsKey("nullFlavor");
    }

    public List<Element> children() {
        return children;
    }

    public List<Element> children(String childName) {
        return children.stream().filter(child -> child.name.equals(childName)).toList();
    }

    /** Every attribute value and text of the element and all below. */
    public Stream<String> values() {
        Stream<String> own = Stream.concat(attributes.values().stream(), Stream.of(text.toString()));
        return Stream.concat(own, children.stream().flatMap(Element::values));
    }

    /** First element on the path of child names. */
    public Optional<Element> at(String... names) {
        Element element = this;
        for (String childName : names) {
            List<Element> found = element.children(childName);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            element = found.get(0);
        }
        return Optional.of(element);
    }

    /** Attribute of the first element on the path, null when absent or blank. */
    public @Nullable String codeAt(String attribute, String... names) {
        return at(names).map(element -> element.code(attribute)).orElse(null);
    }

    /** Own characters, as received. */
    public String text() {
        return text.toString();
    }

    /** Characters of the element and all below, in no particular order between own and inner text. */
    public String allText() {
        StringBuilder all = new StringBuilder(text);
        children.forEach(child -> all.append(' ').append(child.allText()));
        return all.toString();
    }
}
