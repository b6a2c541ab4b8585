package phr.fhir.normalise.checkup;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.xml.Element;
import phr.fhir.normalise.xml.XmlStream;

/** Reads a CDA document twice: first the header, wherever it stands, then the entries one by one. */
final class CdaReader {

    /** What the body tells beside its entries: {@code code} of each section. */
    interface Body {

        void section(Element code);

        /** Title or text of a section: read by people only. */
        void narrative(Element text);

        /** @param sectionCode null when the section has none before its entries */
        void entry(@Nullable String sectionCode, Element observation);
    }

    /** Looks at nothing; the limits are checked all the same. */
    private static final Body UNREAD = new Body() {

        @Override
        public void section(Element code) {}

        @Override
        public void narrative(Element text) {}

        @Override
        public void entry(@Nullable String sectionCode, Element observation) {}
    };

    /** Elements of a CDA document that occur more than once. */
    private static final Set<String> REPEATED = Set.of(
            "id",
            "recordTarget",
            "author",
            "participant",
            "documentationOf",
            "performer",
            "component",
            "entry",
            "value",
            "entryRelationship",
            "referenceRange",
            "templateId");

    private final Content content;
    private final Limits limits;

    CdaReader(Content content, Limits limits) {
        this.content = content;
        this.limits = limits;
    }

    /** Every child of the root but the body. Goes through the whole file, so a fault or an excess at its end is found. */
    Header header() throws IOException {
        try (InputStream in = content.open()) {
            XmlStream xml = XmlStream.open(in, limits.elements(), REPEATED);
            xml.down();
            Element root = xml.head();
            List<Element> parts = new ArrayList<>();
            List<String> order = new ArrayList<>();
            while (xml.down()) {
                order.add(xml.name());
                if (xml.name().equals("component")) {
                    components(xml, UNREAD);
                } else {
                    parts.add(xml.subtree());
                }
                if (order.size() > limits.elements()) {
                    throw xml.tooMany("elements");
                }
            }
            xml.down();
            return new Header(root, parts, order);
        }
    }

    void body(Body body) throws IOException {
        try (InputStream in = content.open()) {
            XmlStream xml = XmlStream.open(in, limits.elements(), REPEATED);
            xml.down();
            while (xml.down()) {
                if (xml.name().equals("component")) {
                    components(xml, body);
                } else {
                    xml.skip();
                }
            }
        }
    }

    /** Below the first {@code component}: structuredBody, component, section, in whatever depth. */
    private void components(XmlStream xml, Body body) {
        @Nullable String section = null;
        int depth = 1;
        int entries = 0;
        while (depth > 0) {
            if (!xml.down()) {
                depth--;
            } else if (isFrame(xml.name())) {
                depth++;
                section = null;
            } else if (xml.name().equals("title") || xml.name().equals("text")) {
                xml.restart();
                body.narrative(xml.subtree());
            } else if (xml.name().equals("code")) {
                Element code = xml.subtree();
                section = code.code("code");
                body.section(code);
            } else if (xml.name().equals("entry")) {
                if (++entries > limits.observations()) {
                    throw xml.tooMany("entries");
                }
                xml.restart();
                entry(xml.subtree(), section, body::entry);
            } else {
                xml.skip();
            }
        }
    }

    private static boolean isFrame(String name) {
        return name.equals("structuredBody") || name.equals("component") || name.equals("section");
    }

    private static void entry(
            Element entry, @Nullable String section, BiConsumer<@Nullable String, Element> observations) {
        for (Element observation : entry.children("observation")) {
            observations.accept(section, observation);
        }
    }
}
