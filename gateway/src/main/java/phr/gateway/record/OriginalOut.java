package phr.gateway.record;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An opened original on its way to the caller. */
final class OriginalOut implements AutoCloseable {

    private final OriginalFile file;
    private final Visible visible;
    private final boolean notice;

    /** @param notice whether the answer carries {@link MayBeIncomplete} */
    OriginalOut(OriginalFile file, Visible visible, boolean notice) {
        this.file = file;
        this.visible = visible;
        this.notice = notice;
    }

    Response.ResponseBuilder noted(Response.ResponseBuilder answer) {
        return notice ? answer.header(MayBeIncomplete.HEADER, MayBeIncomplete.CODE) : answer;
    }

    String mediaType() {
        return file.mediaType();
    }

    /** Content never changes under an id, so its digest is the tag. */
    String tag() {
        return "\"" + file.sha256() + "\"";
    }

    /**
     * Writes and closes the original. A plain file in which the person wrote her own internal id is the one case where the bytes
     * for a recipient differ from those received.
     *
     * @param binary id for the form of a FHIR resource; null for the plain bytes
     */
    void writeTo(OutputStream out, @Nullable UUID binary) throws IOException {
        try (InputStream content = file.content()) {
            if (binary == null) {
                OutputStream over = visible.over(out);
                content.transferTo(over);
                Visible.finish(over);
            } else {
                resource(content, out, binary);
            }
        }
    }

    private void resource(InputStream content, OutputStream out, UUID binary) throws IOException {
        out.write(("{\"resourceType\":\"Binary\",\"id\":\"" + binary + "\",\"contentType\":\"")
                .getBytes(StandardCharsets.US_ASCII));
        out.write(JsonStringEncoder.getInstance().quoteAsUTF8(file.mediaType()));
        out.write("\",\"data\":\"".getBytes(StandardCharsets.US_ASCII));
        base64(content, out);
        out.write("\"}".getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** The encoder writes its last group when it is closed; the answer itself must stay open. */
    private void base64(InputStream content, OutputStream out) throws IOException {
        OutputStream encoder = Base64.getEncoder().wrap(new Open(out));
        OutputStream over = visible.over(encoder);
        content.transferTo(over);
        over.close();
        encoder.close();
    }

    @Override
    public void close() {
        try {
            file.content().close();
        } catch (IOException e) {
            throw new UncheckedIOException("original cannot be closed", e);
        }
    }

    /** An output that survives the closing of what is stacked on it. */
    private static final class Open extends java.io.FilterOutputStream {

        Open(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            out.flush();
        }
    }
}
