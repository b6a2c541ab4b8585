package phr.gateway.pages;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import phr.fhir.Sha256;

/**
 * One HTML page, written from top to bottom. Text goes through {@link #escape} without exception; there are no scripts, no
 * outside resources and no attributes with foreign values, and the Content-Security-Policy forbids what is not there.
 */
public final class Page implements AutoCloseable {

    public static final String MEDIA_TYPE = "text/html;charset=UTF-8";

    private static final String STYLE =
            "body{font-family:'BIZ UDPGothic','Noto Sans CJK JP','Hiragino Sans',sans-serif;"
                    + "line-height:1.7;color:#1a1a1a;background:#fff;max-width:60rem;margin:0 auto;padding:1.5rem;overflow-wrap:anywhere}"
                    + "h1{font-size:1.6rem;border-bottom:3px solid #00539f;padding-bottom:.4rem}"
                    + "h2{font-size:1.15rem;margin-top:2rem;color:#00539f}"
                    + ".lead{font-size:1.15rem;background:#eef5fb;border-left:6px solid #00539f;padding:1rem}"
                    + "table{border-collapse:collapse;width:100%;margin:.5rem 0}"
                    + "th,td{border:1px solid #8a8a8a;padding:.4rem .6rem;text-align:left;vertical-align:top;"
                    + "overflow-wrap:anywhere}thead th{background:#e8e8e8}tbody th{width:14rem;background:#f5f5f5;font-weight:600}"
                    + ".wide{overflow-x:auto}.wide table{font-size:.85rem}.small{font-size:.85rem;color:#444}"
                    + "@media print{body{max-width:none;padding:0;font-size:10.5pt}.lead{background:none}"
                    + "tr{break-inside:avoid}thead{display:table-header-group}.wide{overflow:visible}}"
                    + "@page{margin:15mm}";

    private static final String POLICY = "default-src 'none'; style-src 'sha256-"
            + Base64.getEncoder()
                    .encodeToString(
                            Sha256.of(STYLE.getBytes(StandardCharsets.UTF_8)).bytes())
            + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Writer out;

    private Page(Writer out) {
        this.out = out;
    }

    /** An answer that is a page. */
    public static Response.ResponseBuilder answer(Object page, Language language) {
        return Response.ok(page, MEDIA_TYPE)
                .header("Content-Security-Policy", POLICY)
                .header(HttpHeaders.CONTENT_LANGUAGE, language.code());
    }

    /** Begins the page. */
    public static Page open(OutputStream to, Language language, String title) throws IOException {
        Page page = new Page(new BufferedWriter(new OutputStreamWriter(to, StandardCharsets.UTF_8)));
        page.out.write("<!DOCTYPE html>\n<html lang=\"" + language.code() + "\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
        page.out.write(escape(title));
        page.out.write("</title>\n<style>" + STYLE + "</style>\n</head>\n<body>\n<main>\n");
        return page.element("h1", title);
    }

    public Page heading(String text) throws IOException {
        return element("h2", text);
    }

    public Page paragraph(String text) throws IOException {
        return element("p", text);
    }

    /** What the page says in one sentence. */
    public Page lead(String text) throws IOException {
        out.write("<p class=\"lead\">" + escape(text) + "</p>\n");
        return this;
    }

    /** For proofs: hashes and signatures. */
    public Page small(String text) throws IOException {
        out.write("<p class=\"small\">" + escape(text) + "</p>\n");
        return this;
    }

    public Page beginFacts() throws IOException {
        out.write("<table><tbody>\n");
        return this;
    }

    /** A name and what there is to say; nothing when there is nothing. */
    public Page fact(String name, String value) throws IOException {
        if (!value.isEmpty()) {
            out.write("<tr><th scope=\"row\">" + escape(name) + "</th><td>" + lines(value) + "</td></tr>\n");
        }
        return this;
    }

    public Page endFacts() throws IOException {
        out.write("</tbody></table>\n");
        return this;
    }

    public Page beginTable(String caption, List<String> columns) throws IOException {
        out.write("<div class=\"wide\"><table><caption>" + escape(caption) + "</caption><thead><tr>");
        for (String column : columns) {
            out.write("<th scope=\"col\">" + escape(column) + "</th>");
        }
        out.write("</tr></thead><tbody>\n");
        return this;
    }

    public Page row(List<String> cells) throws IOException {
        out.write("<tr>");
        for (String cell : cells) {
            out.write("<td>" + lines(cell) + "</td>");
        }
        out.write("</tr>\n");
        return this;
    }

    public Page endTable() throws IOException {
        out.write("</tbody></table></div>\n");
        return this;
    }

    /** Ends the page; the stream stays open. */
    @Override
    public void close() throws IOException {
        out.write("</main>\n</body>\n</html>\n");
        out.flush();
    }

    private Page element(String name, String text) throws IOException {
        out.write("<" + name + ">" + escape(text) + "</" + name + ">\n");
        return this;
    }

    private static String lines(String text) {
        return escape(text).replace("\n", "<br>");
    }

    static String escape(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(shown(c) ? c : 0xFFFD);
            }
        });
        return safe.toString();
    }

    /** Control characters, and marks that reorder what is read, are not shown as they came. */
    private static boolean shown(int c) {
        return c == '\n'
                || c == '\t'
                || c >= 0x20
                        && (c < 0x7f || c > 0x9f)
                        && !(c >= 0x202a && c <= 0x202e)
                        && !(c >= 0x2066 && c <= 0x2069)
                        && !(c >= 0xd800 && c <= 0xdfff)
                        && c != 0xfffe
                        && c != 0xffff;
    }
}
