package phr.fhir.normalise.tag;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import phr.fhir.failure.Category;
import phr.fhir.failure.Failure;
import phr.fhir.failure.FailureException;

/**
 * Goes through a document from tag to tag. Text between tags, comments and the document type are passed over: a malformed
 * document type does no harm, one that declares entities is refused (lifelog.md §2.2). Knows its line.
 */
public final class TagScanner {

    private static final int BUFFER = 256 * 1024;
    private static final int LONGEST_TAG = 1024 * 1024;
    private static final int DEEPEST = 64;
    private static final byte[] ENTITY = ascii("<!ENTITY");
    private static final byte[] PUBLIC = ascii("<!DOCTYPE");

    private final InputStream in;
    private final Tag tag = new Tag();
    private final byte[][] open = new byte[DEEPEST][];
    private byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;
    private int begin;
    private int depth;
    private long lines = 1;
    private int counted;

    public TagScanner(InputStream in) throws IOException {
        this.in = in;
        tag.text = buffer;
        if (!fill()) {
            throw fault("the file is empty");
        }
        if (end > 2 && buffer[0] == (byte) 0xEF && buffer[1] == (byte) 0xBB && buffer[2] == (byte) 0xBF) {
            at = 3;
        } else if (end > 1 && (buffer[0] == 0 || buffer[1] == 0 || (buffer[0] & 0xFE) == 0xFE)) {
            throw fault("the file is not UTF-8");
        }
    }

    /** The tag that {@link #next} came to. */
    public Tag tag() {
        return tag;
    }

    /** Elements that are open, the current one included. */
    public int depth() {
        return depth;
    }

    /** Line of the current tag. */
    public long line() {
        count(begin);
        return lines;
    }

    /**
     * Moves to the next tag.
     *
     * @return false at the end of the document
     * @throws FailureException MALFORMED where it is not well-formed or breaks off
     */
    public boolean next() throws IOException {
        if (tag.kind == Tag.Kind.END || tag.kind == Tag.Kind.EMPTY && tag.nameTo > 0) {
            depth--;
        }
        while (true) {
            begin = seek();
            if (begin < 0) {
                return ended();
            }
            need(1);
            byte mark = buffer[begin + 1];
            if (mark == '?') {
                instruction();
            } else if (mark == '!') {
                declaration();
            } else {
                read(mark == '/');
                return true;
            }
        }
    }

    /** Leaves the current element with everything below; the scanner is then on its end tag. */
    public void skip() throws IOException {
        int outer = depth - 1;
        if (tag.kind != Tag.Kind.START) {
            return;
        }
        while (next()) {
            if (tag.kind == Tag.Kind.END && depth - 1 == outer) {
                return;
            }
        }
    }

    /** Moves to the end of the element that began at this depth, unless it is there. */
    public void leave(int level) throws IOException {
        while (!(tag.kind == Tag.Kind.END && depth == level) && next()) {
            // what stands inside is not wanted
        }
    }

    private boolean ended() {
        if (depth > 0) {
            throw fault("the file breaks off");
        }
        tag.nameTo = 0;
        tag.kind = Tag.Kind.EMPTY;
        begin = at;
        return false;
    }

    private int seek() throws IOException {
        while (true) {
            for (int i = at; i < end; i++) {
                if (buffer[i] == '<') {
                    at = i;
                    return i;
                }
            }
            at = end;
            begin = end;
            if (!fill()) {
                return -1;
            }
        }
    }

    private void read(boolean closing) throws IOException {
        int behind = TagParser.parse(buffer, begin, end, tag);
        while (behind == TagParser.INCOMPLETE) {
            more();
            behind = TagParser.parse(buffer, begin, end, tag);
        }
        if (behind < 0) {
            throw fault("the XML is not well-formed");
        }
        at = behind;
        if (closing) {
            tag.kind = Tag.Kind.END;
            if (depth == 0 || !tag.is(open[depth - 1])) {
                throw fault("an end tag without its start tag");
            }
        } else {
            push();
        }
    }

    private void push() {
        if (depth == DEEPEST) {
            throw fault("elements nest too deep");
        }
        if (open[depth] == null || !tag.is(open[depth])) {
            open[depth] = Arrays.copyOfRange(buffer, tag.nameFrom, tag.nameTo);
        }
        depth++;
    }

    private void instruction() throws IOException {
        int behind = pass("?>");
        String text = new String(buffer, begin, behind - begin, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        if (text.startsWith("<?xml ")
                && text.contains("encoding")
                && !text.matches("(?s).*[\"'](utf-?8|us-ascii)[\"'].*")) {
            throw fault("the file is not UTF-8");
        }
        at = behind;
    }

    private void declaration() throws IOException {
        need(PUBLIC.length);
        if (buffer[begin + 2] == '-') {
            at = pass("-->");
        } else if (buffer[begin + 2] == '[') {
            at = pass("]]>");
        } else if (Arrays.equals(buffer, begin, begin + PUBLIC.length, PUBLIC, 0, PUBLIC.length)) {
            documentType();
        } else {
            throw fault("the XML is not well-formed");
        }
    }

    /** Ends with its internal subset if it has one; what stands in that is not read. */
    private void documentType() throws IOException {
        int close = pass(">");
        boolean subset = false;
        for (int i = begin; i < close; i++) {
            subset |= buffer[i] == '[';
        }
        if (subset) {
            close = pass("]", ">");
        }
        for (int i = begin; i < close; i++) {
            if (Arrays.equals(buffer, i, Math.min(close, i + ENTITY.length), ENTITY, 0, ENTITY.length)) {
                throw fault("entities must not be declared");
            }
        }
        at = close;
    }

    /** Position behind the first occurrence of the texts with nothing but blanks between them. */
    private int pass(String... texts) throws IOException {
        int from = 2;
        while (true) {
            for (; begin + from < end; from++) {
                int behind = Passage.behind(buffer, begin + from, end, texts);
                if (behind == TagParser.INCOMPLETE) {
                    break;
                }
                if (behind > 0) {
                    return behind;
                }
            }
            more();
        }
    }

    private void need(int bytes) throws IOException {
        while (begin + bytes >= end) {
            more();
        }
    }

    /** More bytes behind those of the current tag. */
    private void more() throws IOException {
        if (end - begin > LONGEST_TAG) {
            throw Failure.of(Category.TOO_LARGE, "XML-2", "a tag is too long", "line " + line())
                    .exception();
        }
        if (!fill()) {
            throw fault("the file breaks off");
        }
    }

    /** Keeps the bytes from {@link #begin} on; they move to the front. */
    private boolean fill() throws IOException {
        count(begin);
        int kept = end - begin;
        byte[] target = kept > buffer.length / 2 ? new byte[2 * buffer.length] : buffer;
        System.arraycopy(buffer, begin, target, 0, kept);
        buffer = target;
        tag.text = target;
        at -= begin;
        counted -= begin;
        begin = 0;
        end = kept;
        int read = in.read(buffer, end, buffer.length - end);
        end += Math.max(0, read);
        return read > 0;
    }

    private void count(int to) {
        for (int i = counted; i < to; i++) {
            lines += buffer[i] == '\n' ? 1 : 0;
        }
        counted = Math.max(counted, to);
    }

    private FailureException fault(String text) {
        return Failure.of(Category.MALFORMED, "XML-1", text, "line " + line()).exception();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
