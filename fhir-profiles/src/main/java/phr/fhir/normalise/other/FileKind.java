package phr.fhir.normalise.other;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phr.fhir.text.TsvTable;

/**
 * What a file is, by its first bytes.
 *
 * @param title for people, in Japanese; names no value of the file
 * @param text how its text is written; null when it is none
 */
record FileKind(String mediaType, String title, @Nullable Charset text) {

    /** First bytes that tell a kind; from {@code kinds.tsv}. */
    private record Mark(int offset, byte[] bytes, FileKind kind) {

        boolean in(byte[] head) {
            int end = offset + bytes.length;
            return head.length >= end && Arrays.equals(head, offset, end, bytes, 0, bytes.length);
        }
    }

    private static final List<Mark> MARKS = marks();

    /** Empty when it is neither text nor any file that people keep. */
    static Optional<FileKind> of(byte[] head) {
        Optional<FileKind> marked =
                MARKS.stream().filter(mark -> mark.in(head)).findFirst().map(Mark::kind);
        return marked.isPresent() ? marked : Texts.charset(head).map(charset -> text(head, charset));
    }

    private static FileKind text(byte[] head, Charset charset) {
        String text = Texts.start(head, charset);
        if (text.startsWith("<")) {
            return new FileKind("text/xml", "XML文書", charset);
        }
        if (text.startsWith("{") || text.startsWith("[")) {
            return new FileKind("application/json", "JSONファイル", charset);
        }
        return new FileKind("text/plain", "テキスト", charset);
    }

    private static List<Mark> marks() {
        return TsvTable.load(FileKind.class, "kinds.tsv").rows().stream()
                .map(row -> new Mark(
                        Integer.parseInt(row[0]), HexFormat.of().parseHex(row[1]), new FileKind(row[2], row[3], null)))
                .toList();
    }
}
