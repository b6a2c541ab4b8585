package phr.gateway.record;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A searchset Bundle written around stored bytes: only the small frame is made here, resources are copied. There is no
 * {@code total}: counting would read the set twice.
 */
final class SearchsetWriter {

    private final OutputStream out;
    private final String baseUrl;
    private boolean any;

    /** @param baseUrl without trailing slash */
    SearchsetWriter(OutputStream out, String baseUrl) {
        this.out = out;
        this.baseUrl = baseUrl;
    }

    /** Head of the bundle. */
    void begin() throws IOException {
        ascii("{\"resourceType\":\"Bundle\",\"type\":\"searchset\"");
    }

    /** @param json the complete resource */
    void add(String type, UUID id, byte[] json) throws IOException {
        ascii(any ? "," : ",\"entry\":[");
        any = true;
        ascii("{\"fullUrl\":");
        string(baseUrl + "/" + type + "/" + id);
        ascii(",\"resource\":");
        out.write(json);
        ascii(",\"search\":{\"mode\":\"match\"}}");
    }

    /** Links stand last: whether there is a next page is known only now. Addresses are relative to the base. */
    void end(String self, @Nullable String next) throws IOException {
        ascii(any ? "],\"link\":[" : ",\"link\":[");
        link("self", self);
        if (next != null) {
            ascii(",");
            link("next", next);
        }
        ascii("]}");
    }

    private void link(String relation, String address) throws IOException {
        ascii("{\"relation\":\"" + relation + "\",\"url\":");
        string(baseUrl + "/" + address);
        ascii("}");
    }

    private void string(String text) throws IOException {
        out.write('"');
        out.write(JsonStringEncoder.getInstance().quoteAsUTF8(text));
        out.write('"');
    }

    private void ascii(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
