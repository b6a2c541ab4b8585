package phr.fhir.normalise.vendor;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phr.fhir.failure.FailureException;
import phr.fhir.failure.Issue;
import phr.fhir.normalise.Content;
import phr.fhir.normalise.Normalisation;
import phr.fhir.normalise.vendor.measure.Measurements;
import phr.fhir.normalise.vendor.measure.Rows;
import phr.fhir.normalise.vendor.table.Column;
import phr.fhir.normalise.vendor.table.Kind;
import phr.fhir.normalise.vendor.table.Role;
import phr.fhir.normalise.xml.Element;
import phr.fhir.normalise.xml.XmlStream;
import phr.fhir.normalise.xml.XmlText;
import phr.fhir.text.MyNumber;

/** One XML file: its root element tells the kind, the elements at the end of the kind's path are the rows. */
final class XmlFile {

    /** Elements that one row, or what stands outside of the rows, may have. */
    private static final int MOST = 20_000;

    private final List<Kind> kinds;

    XmlFile(List<Kind> kinds) {
        this.kinds = kinds;
    }

    static boolean looksLike(byte[] head) {
        String text = XmlText.peek(head);
        return (text.startsWith("\uFEFF") ? text.substring(1) : text)
                .stripLeading()
                .startsWith("<");
    }

    /** The kind whose root element a beginning has; null when it is none of ours, or no XML that is read. */
    @Nullable
    Kind kind(byte[] head) {
        if (kinds.isEmpty() || !looksLike(head)) {
            return null;
        }
        try {
            XmlStream xml = XmlStream.open(new ByteArrayInputStream(head), MOST, Set.of());
            return xml.down() ? kind(xml.head()) : null;
        } catch (FailureException | IOException e) {
            return null;
        }
    }

    private @Nullable Kind kind(Element root) {
        String full = "{" + root.namespace + "}" + root.name;
        return kinds.stream()
                .filter(kind -> Set.of(root.name, full).contains(kind.setting(Role.NAME)))
                .findFirst()
                .orElse(null);
    }

    /** A file of {@link #kind}; what is wrong with it is a finding, what stands before that is read. */
    void read(Content content, Measurements out) throws IOException {
        try (InputStream in = content.open()) {
            byte[] head = in.readNBytes(Normalisation.HEAD);
            Kind kind = Objects.requireNonNull(kind(head), "asked for a file of another format");
            read(content, kind, out);
        }
    }

    private static void read(Content content, Kind kind, Measurements out) throws IOException {
        List<String> path = List.of(kind.setting(Role.EACH).split("/"));
        try (InputStream in = content.open()) {
            XmlStream xml = XmlStream.open(in, MOST, Set.copyOf(path.subList(1, path.size())));
            if (xml.down()) {
                new Walk(xml, path, Mappers.of(kind, out, false), out).run();
            }
        } catch (FailureException e) {
            e.failure().issues().forEach(issue -> out.file()
                    .issue(new Issue(
                            Issue.Severity.ERROR, issue.code(), "VND-2", issue.text(), issue.expressions(), null)));
        }
    }

    /** The way through one file. */
    private static final class Walk {

        private final XmlStream xml;
        private final List<String> path;
        private final Rows rows;
        private final Measurements out;
        private final Deque<Element> open = new ArrayDeque<>();
        private int outside;

        Walk(XmlStream xml, List<String> path, Rows rows, Measurements out) {
            this.xml = xml;
            this.path = path;
            this.rows = rows;
            this.out = out;
        }

        void run() {
            if (path.get(0).equals(xml.name())) {
                inside(1);
            }
        }

        /** @param depth steps of the path that are open */
        private void inside(int depth) {
            open.push(xml.head());
            look(open.element());
            while (xml.down()) {
                xml.restart();
                boolean step = depth < path.size() && path.get(depth).equals(xml.name());
                if (step && depth == path.size() - 1) {
                    row(xml.subtree());
                } else if (step) {
                    inside(depth + 1);
                } else {
                    aside(xml.subtree());
                }
            }
            open.pop();
        }

        private void row(Element row) {
            XmlRow fields = new XmlRow(row, open);
            Column id = rows.kind().column(Role.ID, "");
            String name = id == null ? null : fields.text(id);
            if (row.values().anyMatch(value -> !value.equals(name) && MyNumber.in(value))) {
                out.file().read();
                out.file().refuseOriginal(fields.place());
            } else {
                rows.map(fields);
            }
        }

        /** What stands outside of the rows belongs to those that follow. */
        private void aside(Element element) {
            look(element);
            if (outside < MOST) {
                outside += 1 + (int) element.values().limit(MOST).count();
                open.element().add(element);
            }
        }

        private void look(Element element) {
            if (element.values().anyMatch(MyNumber::in)) {
                out.file().refuseOriginal(element.path + ", line " + element.line);
            }
        }
    }
}
