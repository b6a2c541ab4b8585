package phr.fhir.normalise.xml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;

/**
 * XML as a stream, without DTD, entities and schemas, with limits (checkup-cda.md CDA-R4, N-10). Knows where it is as XPath
 * and line.
 */
public final class XmlStream {

    private static final XMLInputFactory FACTORY = factory();
    /** A checkup document needs 20. */
    private static final int DEPTH = 100;

    private final XMLStreamReader reader;
    private final int most;
    private final Set<String> repeated;
    private final Deque<String> paths = new ArrayDeque<>();
    private final Deque<Map<String, Integer>> counts = new ArrayDeque<>();
    private int built;

    private XmlStream(XMLStreamReader reader, int most, Set<String> repeated) {
        this.reader = reader;
        this.most = most;
        this.repeated = repeated;
        paths.push("");
        counts.push(new HashMap<>());
    }

    /**
     * @param most elements that one part may have
     * @param repeated names of elements that XPaths number
     * @throws FailureException when the bytes are no well-formed XML, or a DTD is declared
     */
    public static XmlStream open(InputStream in, int most, Set<String> repeated) throws IOException {
        try {
            return new XmlStream(FACTORY.createXMLStreamReader(XmlText.reader(in)), most, repeated);
        } catch (XMLStreamException e) {
            throw malformed(e);
        }
    }

    /** Moves to the next start tag below the current element; false at its end, which is then left. */
    public boolean down() {
        while (true) {
            int event = next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                enter();
                return true;
            }
            if (event == XMLStreamConstants.END_ELEMENT) {
                leave();
                return false;
            }
            if (event == XMLStreamConstants.END_DOCUMENT) {
                return false;
            }
        }
    }

    public String name() {
        return reader.getLocalName();
    }

    /** Leaves the current element with everything below. */
    public void skip() {
        int depth = paths.size();
        while (paths.size() >= depth) {
            down();
        }
    }

    /** The current element without what is below; the stream stays on its start tag. */
    public Element head() {
        String namespace = reader.getNamespaceURI();
        Element element = new Element(
                name(),
                namespace == null ? "" : namespace,
                paths.element(),
                reader.getLocation().getLineNumber());
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            boolean schemaInstance =
                    XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI.equals(reader.getAttributeNamespace(i));
            element.put((schemaInstance ? "xsi:" : "") + reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        return element;
    }

    /** The current element with everything below; leaves it. */
    public Element subtree() {
        Deque<Element> open = new ArrayDeque<>();
        open.push(head());
        count();
        while (true) {
            int event = next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                enter();
                Element child = head();
                open.element().add(child);
                open.push(child);
                count();
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                leave();
                Element closed = open.pop();
                if (open.isEmpty()) {
                    return closed;
                }
            } else if (event == XMLStreamConstants.CHARACTERS
                    || event == XMLStreamConstants.CDATA
                    || event == XMLStreamConstants.SPACE) {
                open.element().append(reader.getText());
            }
        }
    }

    /** Begins a new part whose elements are counted. */
    public void restart() {
        built = 0;
    }

    private void count() {
        if (++built > most) {
            throw tooMany("elements");
        }
    }

    public FailureException tooMany(String what) {
        return Failure.of(Category.TOO_LARGE, "N-10", "too many " + what, paths.element(), line())
                .exception();
    }

    private void enter() {
        String name = name();
        int count = counts.element().merge(name, 1, Integer::sum);
        paths.push(paths.element() + '/' + name + (repeated.contains(name) ? "[" + count + "]" : ""));
        counts.push(new HashMap<>());
        if (paths.size() > DEPTH) {
            throw Failure.of(Category.MALFORMED, "N-10", "elements nest too deep", line())
                    .exception();
        }
    }

    private void leave() {
        paths.pop();
        counts.pop();
    }

    private int next() {
        try {
            int event = reader.next();
            if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
                throw Failure.of(Category.MALFORMED, "N-10", "a document type declaration is not allowed", line())
                        .exception();
            }
            return event;
        } catch (XMLStreamException e) {
            throw malformed(e);
        }
    }

    private String line() {
        return "line " + reader.getLocation().getLineNumber();
    }

    private static FailureException malformed(XMLStreamException e) {
        String line = e.getLocation() == null
                ? "line 1"
                : "line " + Math.max(1, e.getLocation().getLineNumber());
        boolean bytes = illegalBytes(e);
        return Failure.of(
                        Category.MALFORMED,
                        bytes ? "CDA-5.3" : "N-10",
                        bytes ? "bytes that are illegal in the declared encoding" : "not well-formed XML",
                        line)
                .exception();
    }

    private static boolean illegalBytes(@Nullable Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof CharacterCodingException
                    || cause instanceof XMLStreamException stream
                            && stream.getNestedException() instanceof CharacterCodingException) {
                return true;
            }
        }
        return false;
    }

    /** The platform's own parser, so that no library on the class path can bring a laxer one. */
    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("external entities are not resolved");
        });
        return factory;
    }
}
