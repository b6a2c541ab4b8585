package phr.gateway.record.postgres;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phr.fhir.PersonId;
import phr.fhir.normalise.SourceIdentity;

/**
 * What is encrypted as one body: the JSON as it is served, and what the database holds only blinded.
 *
 * @param links references to other resources, {@code Type/id}
 * @param origin of the labels; null when it is not known
 */
record Envelope(
        SourceIdentity source,
        List<String> categories,
        List<String> links,
        @Nullable LabelOrigin origin,
        byte[] json) {

    /** First byte, so that other layouts can follow: compressed with the first dictionary. The two before are not. */
    private static final byte LAYOUT = 3;

    /** Without the origin of the labels. */
    private static final byte FIRST_LAYOUT = 1;

    private static final int HEAD = 512;
    private static final int ABSENT = -1;

    /** Binds a body to its row. */
    static byte[] context(PersonId person, String type, UUID id, int version) {
        return (person + "|" + type + "|" + id + "|" + version).getBytes(StandardCharsets.UTF_8);
    }

    byte[] bytes() {
        return Dictionary.FIRST.compressed(plain(), LAYOUT);
    }

    /** Before it is compressed. */
    byte[] plain() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(HEAD + json.length);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out, source.namespace());
            write(out, source.id());
            write(out, source.version());
            write(out, categories);
            write(out, links);
            LabelOrigin.write(out, origin);
            out.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    static Envelope parse(byte[] bytes) {
        byte layout = bytes[0];
        if (layout < FIRST_LAYOUT || layout > LAYOUT) {
            throw new IllegalStateException("a stored body has a layout this version does not know");
        }
        ByteBuffer in = layout == LAYOUT
                ? ByteBuffer.wrap(Dictionary.FIRST.decompressed(bytes, 1))
                : ByteBuffer.wrap(bytes, 1, bytes.length - 1);
        SourceIdentity source = new SourceIdentity(required(in), required(in), text(in));
        List<String> categories = texts(in);
        List<String> links = texts(in);
        LabelOrigin origin = layout == FIRST_LAYOUT ? null : LabelOrigin.read(in);
        byte[] json = new byte[in.remaining()];
        in.get(json);
        return new Envelope(source, categories, links, origin, json);
    }

    static void write(DataOutputStream out, @Nullable String text) throws IOException {
        if (text == null) {
            out.writeInt(ABSENT);
            return;
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    static void write(DataOutputStream out, Collection<String> texts) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            write(out, text);
        }
    }

    private static String required(ByteBuffer in) {
        String text = text(in);
        return text == null ? "" : text;
    }

    static @Nullable String text(ByteBuffer in) {
        int length = in.getInt();
        if (length == ABSENT) {
            return null;
        }
        byte[] utf8 = new byte[length];
        in.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    static List<String> texts(ByteBuffer in) {
        int count = in.getInt();
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(required(in));
        }
        return texts;
    }
}
